"""Walking and turning grids given as lists of rows: spirals, rotations, flips, searches."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any


def spiral_order(matrix: Sequence[Sequence[Any]]) -> list[Any]:
    """List the elements of a matrix in spiral order.

    Also: walk a 2D list clockwise from the top left inwards; spiral traversal; print a matrix in
    spiral form.

    >>> spiral_order([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    [1, 2, 3, 6, 9, 8, 7, 4, 5]
    >>> spiral_order([])
    []
    """
    rows = [list(row) for row in matrix]
    order: list[Any] = []
    while rows:
        order += rows[0]
        rows = [list(column) for column in zip(*rows[1:], strict=True)][::-1]
    return order


def spiral_matrix(n: int) -> list[list[int]]:
    """Make a square matrix filled in a spiral with the numbers from 1.

    Also: generate a spiral of numbers clockwise from the top left; n by n spiral.

    >>> spiral_matrix(3)
    [[1, 2, 3], [8, 9, 4], [7, 6, 5]]
    >>> spiral_matrix(0)
    []
    """
    grid = [[0] * n for _ in range(n)]
    row, column, down, right = 0, 0, 0, 1
    for number in range(1, n * n + 1):
        grid[row][column] = number
        if grid[(row + down) % n][(column + right) % n]:
            down, right = right, -down
        row, column = row + down, column + right
    return grid


def rotate_clockwise(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rotate a matrix by 90 degrees clockwise.

    Also: turn a 2D list to the right; quarter turn of an image.

    >>> rotate_clockwise([[1, 2], [3, 4]])
    [[3, 1], [4, 2]]
    >>> rotate_clockwise([[1, 2, 3]])
    [[1], [2], [3]]
    """
    return [list(column) for column in zip(*matrix[::-1], strict=True)]


def rotate_counterclockwise(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rotate a matrix by 90 degrees counter-clockwise.

    Also: turn a 2D list to the left; anticlockwise.

    >>> rotate_counterclockwise([[1, 2], [3, 4]])
    [[2, 4], [1, 3]]
    >>> rotate_counterclockwise([[1, 2, 3]])
    [[3], [2], [1]]
    """
    return [list(column) for column in zip(*matrix, strict=True)][::-1]


def rotate_half_turn(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rotate a matrix by 180 degrees.

    Also: turn a 2D list upside down by half a turn; reverse rows and columns of a matrix.

    >>> rotate_half_turn([[1, 2], [3, 4]])
    [[4, 3], [2, 1]]
    >>> rotate_half_turn([])
    []
    """
    return [list(row[::-1]) for row in matrix[::-1]]


def flip_horizontally(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Flip a matrix horizontally.

    Also: mirror an image left to right; reverse each row.

    >>> flip_horizontally([[1, 2], [3, 4]])
    [[2, 1], [4, 3]]
    >>> flip_horizontally([])
    []
    """
    return [list(row[::-1]) for row in matrix]


def flip_vertically(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Flip a matrix vertically.

    Also: mirror an image top to bottom; reverse the order of the rows.

    >>> flip_vertically([[1, 2], [3, 4]])
    [[3, 4], [1, 2]]
    >>> flip_vertically([])
    []
    """
    return [list(row) for row in matrix[::-1]]


def matrix_column(matrix: Sequence[Sequence[Any]], index: int) -> list[Any]:
    """Extract a column of a matrix.

    Also: the nth element of each row; column of a 2D list as a list.

    >>> matrix_column([[1, 2], [3, 4]], 1)
    [2, 4]
    >>> matrix_column([[1], [5]], 0)
    [1, 5]
    """
    return [row[index] for row in matrix]


def matrix_boundary(matrix: Sequence[Sequence[Any]]) -> list[Any]:
    """List the boundary elements of a matrix, clockwise from the top left.

    Also: border of a 2D list; outer frame of a grid.

    >>> matrix_boundary([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    [1, 2, 3, 6, 9, 8, 7, 4]
    >>> matrix_boundary([[1, 2]])
    [1, 2]
    """
    if len(matrix) < 2:
        return [value for row in matrix for value in row]
    right = [row[-1] for row in matrix[1:-1]]
    left = [row[0] for row in matrix[-2:0:-1]] if len(matrix[0]) > 1 else []
    return [*matrix[0], *right, *matrix[-1][::-1], *left]


def diagonals_of_matrix(matrix: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """List the anti-diagonals of a matrix, each from the top down.

    Also: group the elements by the sum of row and column index; diagonal traversal.

    >>> diagonals_of_matrix([[1, 2], [3, 4]])
    [[1], [2, 3], [4]]
    >>> diagonals_of_matrix([])
    []
    """
    width = len(matrix[0]) if matrix else 0
    height = len(matrix)
    return [
        [matrix[row][total - row] for row in range(height) if 0 <= total - row < width]
        for total in range(height + width - 1 if width else 0)
    ]


def zigzag_rows(matrix: Sequence[Sequence[Any]]) -> list[Any]:
    """List the elements of a matrix row by row, every second row backwards.

    Also: snake order; zigzag walk of a 2D list.

    >>> zigzag_rows([[1, 2], [3, 4], [5, 6]])
    [1, 2, 4, 3, 5, 6]
    >>> zigzag_rows([])
    []
    """
    turned = (row[::-1] if place % 2 else row for place, row in enumerate(matrix))
    return [value for row in turned for value in row]


def reshape(values: Sequence[Any], rows: int, columns: int) -> list[list[Any]]:
    """Arrange a list as a matrix with so many rows and columns.

    Also: reshape a flat list to 2D; fill row by row.

    >>> reshape([1, 2, 3, 4, 5, 6], 2, 3)
    [[1, 2, 3], [4, 5, 6]]
    >>> reshape([1, 2], 2, 1)
    [[1], [2]]
    """
    return [list(values[row * columns : (row + 1) * columns]) for row in range(rows)]


def saddle_points(matrix: Sequence[Sequence[int]]) -> list[int]:
    """List the elements of a matrix that are least in their row and greatest in their column.

    Also: saddle points of a 2D list; row minimum that is the column maximum.

    >>> saddle_points([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    [7]
    >>> saddle_points([[1, 2], [2, 1]])
    []
    """
    tops = [max(column) for column in zip(*matrix, strict=True)]
    cells = ((row, place) for row in matrix for place in range(len(row)))
    return [row[place] for row, place in cells if min(row) == row[place] == tops[place]]


def search_sorted_matrix(matrix: Sequence[Sequence[int]], target: int) -> bool:
    """Check whether a matrix with sorted rows and columns holds a number.

    Also: search a 2D list in staircase steps from the top right; find a value in a row-wise and
    column-wise sorted matrix.

    >>> search_sorted_matrix([[1, 4, 7], [2, 5, 8], [3, 6, 9]], 6)
    True
    >>> search_sorted_matrix([[1, 3], [2, 5]], 4)
    False
    """
    row, column = 0, len(matrix[0]) - 1 if matrix else -1
    while row < len(matrix) and column >= 0 and matrix[row][column] != target:
        if matrix[row][column] < target:
            row += 1
        else:
            column -= 1
    return row < len(matrix) and column >= 0


def is_toeplitz(matrix: Sequence[Sequence[Any]]) -> bool:
    """Check whether every diagonal of a matrix holds one value only.

    Also: Toeplitz matrix; constant diagonals.

    >>> is_toeplitz([[1, 2, 3], [4, 1, 2]])
    True
    >>> is_toeplitz([[1, 2], [2, 2]])
    False
    """
    return all(list(above[:-1]) == list(below[1:]) for above, below in pairwise(matrix))


def is_upper_triangular(matrix: Sequence[Sequence[float]]) -> bool:
    """Check whether a matrix is upper triangular.

    Also: all elements below the main diagonal are zero; zeros under the diagonal.

    >>> is_upper_triangular([[1, 2], [0, 3]])
    True
    >>> is_upper_triangular([[1, 2], [1, 3]])
    False
    """
    return not any(any(row[:place]) for place, row in enumerate(matrix))


def count_islands(grid: Sequence[Sequence[int]]) -> int:
    """Count the islands of ones in a grid, joined up, down, left and right.

    Also: connected components of a binary matrix; number of regions.

    >>> count_islands([[1, 1, 0], [0, 0, 1], [1, 0, 1]])
    3
    >>> count_islands([[0]])
    0
    """
    land = {(r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell}
    islands = 0
    while land:
        islands += 1
        waiting = [land.pop()]
        while waiting:
            r, c = waiting.pop()
            near = {(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)} & land
            land -= near
            waiting += near
    return islands


def count_live_neighbours(grid: Sequence[Sequence[int]], row: int, column: int) -> int:
    """Count the ones around a cell of a grid, corners included.

    Also: eight neighbours; Game of Life; mines next to a field.

    >>> count_live_neighbours([[1, 1, 0], [0, 1, 0], [0, 0, 1]], 1, 1)
    3
    >>> count_live_neighbours([[1]], 0, 0)
    0
    """
    rows = grid[max(row - 1, 0) : row + 2]
    return sum(sum(each[max(column - 1, 0) : column + 2]) for each in rows) - grid[row][column]
