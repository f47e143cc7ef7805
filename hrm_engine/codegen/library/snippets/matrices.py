"""Matrices as lists of rows: arithmetic, determinant, tests, sums."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any


def transpose(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Transpose a matrix.

    Also: swap rows and columns; turn the columns of a 2D list into rows.

    >>> transpose([[1, 2, 3], [4, 5, 6]])
    [[1, 4], [2, 5], [3, 6]]
    >>> transpose([])
    []
    """
    return [list(column) for column in zip(*matrix, strict=True)]


def add_matrices(a: Sequence[Sequence[float]], b: Sequence[Sequence[float]]) -> list[list[float]]:
    """Add two matrices.

    Also: sum of matrices element by element; matrix addition.

    >>> add_matrices([[1, 2], [3, 4]], [[5, 6], [7, 8]])
    [[6, 8], [10, 12]]
    >>> add_matrices([[1]], [[-1]])
    [[0]]
    """
    pairs = zip(a, b, strict=True)
    return [[x + y for x, y in zip(row, other, strict=True)] for row, other in pairs]


def subtract_matrices(
    a: Sequence[Sequence[float]], b: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Subtract one matrix from another.

    Also: difference of matrices element by element; matrix subtraction.

    >>> subtract_matrices([[5, 6], [7, 8]], [[1, 2], [3, 4]])
    [[4, 4], [4, 4]]
    >>> subtract_matrices([[1, 0]], [[1, 1]])
    [[0, -1]]
    """
    pairs = zip(a, b, strict=True)
    return [[x - y for x, y in zip(row, other, strict=True)] for row, other in pairs]


def scale_matrix(matrix: Sequence[Sequence[float]], factor: float) -> list[list[float]]:
    """Multiply a matrix by a number.

    Also: scalar multiplication; scale every element.

    >>> scale_matrix([[1, 2], [3, 4]], 2)
    [[2, 4], [6, 8]]
    >>> scale_matrix([[5]], 0)
    [[0]]
    """
    return [[factor * value for value in row] for row in matrix]


def multiply_matrices(
    a: Sequence[Sequence[float]], b: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Multiply two matrices.

    Also: matrix product; rows times columns; matmul.

    >>> multiply_matrices([[1, 2], [3, 4]], [[5, 6], [7, 8]])
    [[19, 22], [43, 50]]
    >>> multiply_matrices([[1, 2, 3]], [[1], [1], [1]])
    [[6]]
    """
    columns = list(zip(*b, strict=True))
    return [[sum(x * y for x, y in zip(row, c, strict=True)) for c in columns] for row in a]


def matrix_vector_product(
    matrix: Sequence[Sequence[float]], vector: Sequence[float]
) -> list[float]:
    """Multiply a matrix by a vector.

    Also: matrix times column; linear map of a vector.

    >>> matrix_vector_product([[1, 2], [3, 4]], [1, 1])
    [3, 7]
    >>> matrix_vector_product([[0, 1], [1, 0]], [3, 7])
    [7, 3]
    """
    return [sum(x * y for x, y in zip(row, vector, strict=True)) for row in matrix]


def matrix_power(matrix: Sequence[Sequence[float]], exponent: int) -> list[list[float]]:
    """Raise a square matrix to a non-negative whole power.

    Also: multiply a matrix by itself several times; matrix exponentiation.

    >>> matrix_power([[1, 1], [1, 0]], 5)
    [[8, 5], [5, 3]]
    >>> matrix_power([[2, 3], [4, 5]], 0)
    [[1, 0], [0, 1]]
    """
    size = range(len(matrix))
    result: list[list[float]] = [[int(row == column) for column in size] for row in size]
    base = [list(row) for row in matrix]
    while exponent > 0:
        if exponent % 2:
            result = multiply_matrices(result, base)
        base = multiply_matrices(base, base)
        exponent //= 2
    return result


def identity_matrix(n: int) -> list[list[int]]:
    """Make the identity matrix of a size.

    Also: unit matrix; ones on the diagonal, zeros elsewhere.

    >>> identity_matrix(2)
    [[1, 0], [0, 1]]
    >>> identity_matrix(0)
    []
    """
    return [[int(row == column) for column in range(n)] for row in range(n)]


def zero_matrix(rows: int, columns: int) -> list[list[int]]:
    """Make a matrix of zeros.

    Also: create a 2D list filled with zeros; empty grid of a size.

    >>> zero_matrix(2, 3)
    [[0, 0, 0], [0, 0, 0]]
    >>> zero_matrix(0, 3)
    []
    """
    return [[0] * columns for _ in range(rows)]


def determinant(matrix: Sequence[Sequence[float]]) -> float:
    """Find the determinant of a square matrix.

    Also: det; Gaussian elimination with exact fractions.

    >>> determinant([[1, 2], [3, 4]])
    -2
    >>> determinant([[0, 1], [1, 0]])
    -1
    >>> determinant([[1, 2], [2, 4]])
    0
    >>> determinant([[0.5, 0], [0, 0.5]])
    0.25
    """
    rows = [[Fraction(value) for value in row] for row in matrix]
    result = Fraction(1)
    for column in range(len(rows)):
        pivot = next((r for r in range(column, len(rows)) if rows[r][column]), None)
        if pivot is None:
            return 0
        if pivot != column:
            rows[column], rows[pivot] = rows[pivot], rows[column]
            result = -result
        result *= rows[column][column]
        for r in range(column + 1, len(rows)):
            factor = rows[r][column] / rows[column][column]
            pairs = zip(rows[r], rows[column], strict=True)
            rows[r] = [value - factor * above for value, above in pairs]
    return int(result) if result.denominator == 1 else float(result)


def inverse_2x2(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """Find the inverse of a matrix with two rows and two columns.

    Also: invert a 2x2 matrix; empty list if it is singular.

    >>> inverse_2x2([[4, 7], [2, 6]])
    [[0.6, -0.7], [-0.2, 0.4]]
    >>> inverse_2x2([[1, 2], [2, 4]])
    []
    """
    (a, b), (c, d) = matrix
    scale = a * d - b * c
    return [[d / scale, -b / scale], [-c / scale, a / scale]] if scale else []


def trace(matrix: Sequence[Sequence[float]]) -> float:
    """Find the trace of a square matrix.

    Also: sum of the main diagonal; add the diagonal elements.

    >>> trace([[1, 2], [3, 4]])
    5
    >>> trace([])
    0
    """
    return sum(row[place] for place, row in enumerate(matrix))


def sum_of_anti_diagonal(matrix: Sequence[Sequence[float]]) -> float:
    """Find the sum of the secondary diagonal of a square matrix.

    Also: add the anti-diagonal from the top right to the bottom left; right diagonal sum.

    >>> sum_of_anti_diagonal([[1, 2], [3, 4]])
    5
    >>> sum_of_anti_diagonal([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    15
    """
    return sum(row[-1 - place] for place, row in enumerate(matrix))


def main_diagonal(matrix: Sequence[Sequence[Any]]) -> list[Any]:
    """List the main diagonal of a matrix.

    Also: diagonal elements from the top left to the bottom right; left diagonal of a 2D list.

    >>> main_diagonal([[1, 2], [3, 4]])
    [1, 4]
    >>> main_diagonal([[1, 2, 3], [4, 5, 6]])
    [1, 5]
    """
    return [row[place] for place, row in enumerate(matrix) if place < len(row)]


def diagonal_difference(matrix: Sequence[Sequence[float]]) -> float:
    """Find the absolute difference of the sums of the two diagonals of a square matrix.

    Also: main diagonal minus anti-diagonal; difference between diagonal sums.

    >>> diagonal_difference([[1, 2, 3], [4, 5, 6], [9, 8, 9]])
    2
    >>> diagonal_difference([[7]])
    0
    """
    return abs(trace(matrix) - sum_of_anti_diagonal(matrix))


def row_sums(matrix: Sequence[Sequence[float]]) -> list[float]:
    """List the sums of the rows of a matrix.

    Also: add up each row; total of every sublist.

    >>> row_sums([[1, 2], [3, 4]])
    [3, 7]
    >>> row_sums([[], [5]])
    [0, 5]
    """
    return [sum(row) for row in matrix]


def column_sums(matrix: Sequence[Sequence[float]]) -> list[float]:
    """List the sums of the columns of a matrix.

    Also: add up each column; column-wise sum of a 2D list.

    >>> column_sums([[1, 2], [3, 4]])
    [4, 6]
    >>> column_sums([])
    []
    """
    return [sum(column) for column in zip(*matrix, strict=True)]


def sum_of_matrix(matrix: Sequence[Sequence[float]]) -> float:
    """Find the sum of all elements of a matrix.

    Also: total of a 2D list; add every number of a grid.

    >>> sum_of_matrix([[1, 2], [3, 4]])
    10
    >>> sum_of_matrix([])
    0
    """
    return sum(sum(row) for row in matrix)


def largest_in_matrix(matrix: Sequence[Sequence[float]]) -> float:
    """Find the largest element of a matrix.

    Also: maximum of a 2D list; biggest number of a grid.

    >>> largest_in_matrix([[1, 9], [3, 4]])
    9
    >>> largest_in_matrix([[-2], [-7]])
    -2
    """
    return max(max(row) for row in matrix)


def row_with_largest_sum(matrix: Sequence[Sequence[float]]) -> int:
    """Find the index of the row of a matrix with the largest sum.

    Also: which row adds up to most; the first one if tied.

    >>> row_with_largest_sum([[1, 2], [3, 4], [0, 0]])
    1
    >>> row_with_largest_sum([[1], [1]])
    0
    """
    return max(range(len(matrix)), key=lambda place: sum(matrix[place]))


def is_square_matrix(matrix: Sequence[Sequence[Any]]) -> bool:
    """Check whether a matrix is square.

    Also: as many rows as columns; equal numbers of rows and columns.

    >>> is_square_matrix([[1, 2], [3, 4]])
    True
    >>> is_square_matrix([[1, 2]])
    False
    """
    return all(len(row) == len(matrix) for row in matrix)


def is_symmetric_matrix(matrix: Sequence[Sequence[Any]]) -> bool:
    """Check whether a matrix is symmetric.

    Also: equal to its transpose; mirrored in the main diagonal.

    >>> is_symmetric_matrix([[1, 2], [2, 3]])
    True
    >>> is_symmetric_matrix([[1, 2], [3, 4]])
    False
    """
    return [list(row) for row in matrix] == [list(column) for column in zip(*matrix, strict=True)]


def is_identity_matrix(matrix: Sequence[Sequence[float]]) -> bool:
    """Check whether a matrix is the identity matrix.

    Also: ones on the diagonal and zeros elsewhere; unit matrix test.

    >>> is_identity_matrix([[1, 0], [0, 1]])
    True
    >>> is_identity_matrix([[1, 1], [0, 1]])
    False
    """
    return [list(row) for row in matrix] == identity_matrix(len(matrix))


def is_magic_square(matrix: Sequence[Sequence[int]]) -> bool:
    """Check whether a matrix is a magic square.

    Also: all rows, columns and both diagonals have the same sum; magic square test; equal line
    sums.

    >>> is_magic_square([[2, 7, 6], [9, 5, 1], [4, 3, 8]])
    True
    >>> is_magic_square([[1, 2], [3, 4]])
    False
    """
    sums = {*row_sums(matrix), *column_sums(matrix), trace(matrix), sum_of_anti_diagonal(matrix)}
    return len(sums) == 1
