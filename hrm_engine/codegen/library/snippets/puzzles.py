"""Puzzles, games and drills of programming courses: FizzBuzz, Hanoi, queens, Life, dice, doors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_JUMPS = ((1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2))


def fizz_buzz(n: int) -> str:
    """Say Fizz for a multiple of 3, Buzz for one of 5, FizzBuzz for both, else the number.

    Also: FizzBuzz of one number; word for a number by its divisibility.

    >>> fizz_buzz(9)
    'Fizz'
    >>> fizz_buzz(30)
    'FizzBuzz'
    >>> fizz_buzz(7)
    '7'
    """
    return "Fizz" * (n % 3 == 0) + "Buzz" * (n % 5 == 0) or str(n)


def fizz_buzz_up_to(n: int) -> list[str]:
    """List the FizzBuzz words from 1 to n.

    Also: play FizzBuzz; multiples of 3 and 5 replaced by words.

    >>> fizz_buzz_up_to(5)
    ['1', '2', 'Fizz', '4', 'Buzz']
    >>> fizz_buzz_up_to(0)
    []
    """
    return [fizz_buzz(k) for k in range(1, n + 1)]


def count_hanoi_moves(discs: int) -> int:
    """Find the fewest moves that solve the Tower of Hanoi.

    Also: number of steps for n disks on three pegs; minimum moves of the tower puzzle.

    >>> count_hanoi_moves(3)
    7
    >>> count_hanoi_moves(0)
    0
    """
    return (1 << discs) - 1


def hanoi_moves(discs: int, source: str, target: str, spare: str) -> list[tuple[str, str]]:
    """List the moves that solve the Tower of Hanoi from one peg to another.

    Also: Towers of Hanoi solution; recursive moves of disks.

    >>> hanoi_moves(2, 'A', 'C', 'B')
    [('A', 'B'), ('A', 'C'), ('B', 'C')]
    >>> hanoi_moves(0, 'A', 'C', 'B')
    []
    """
    if discs <= 0:
        return []
    before = hanoi_moves(discs - 1, source, spare, target)
    after = hanoi_moves(discs - 1, spare, target, source)
    return [*before, (source, target), *after]


def count_queens(n: int) -> int:
    """Count the ways to place n queens on a board of n by n without attack.

    Also: n queens problem; number of solutions.

    >>> count_queens(4)
    2
    >>> count_queens(6)
    4
    """

    def place(row: int, columns: int, down: int, up: int) -> int:
        """Ways to fill the rows from `row` on, given what is attacked."""
        if row == n:
            return 1
        free = ((1 << n) - 1) & ~(columns | down | up)
        total = 0
        while free:
            here = free & -free
            free ^= here
            total += place(row + 1, columns | here, (down | here) << 1, (up | here) >> 1)
        return total

    return place(0, 0, 0, 0)


def do_queens_attack(a: Sequence[int], b: Sequence[int]) -> bool:
    """Check whether two queens on a chessboard attack each other.

    Also: same row, column or diagonal; positions as pairs of numbers.

    >>> do_queens_attack((1, 1), (4, 4))
    True
    >>> do_queens_attack((1, 1), (2, 3))
    False
    """
    rows, columns = abs(a[0] - b[0]), abs(a[1] - b[1])
    return rows == 0 or columns in (0, rows)


def is_light_square(square: str) -> bool:
    """Check whether a chess square such as h1 is light.

    Also: white or black field; colour of a square of a chessboard.

    >>> is_light_square('h1')
    True
    >>> is_light_square('a1')
    False
    """
    return (ord(square[0].lower()) - ord("a") + int(square[1])) % 2 == 0


def knight_moves(square: str) -> list[str]:
    """List the squares that a knight can reach in one move, sorted.

    Also: chess knight jumps from a field such as b1; possible knight positions.

    >>> knight_moves('a1')
    ['b3', 'c2']
    >>> knight_moves('h8')
    ['f7', 'g6']
    """
    column, row = ord(square[0]) - ord("a"), int(square[1]) - 1
    reached = ((column + right, row + up) for right, up in _JUMPS)
    return sorted(f"{'abcdefgh'[x]}{y + 1}" for x, y in reached if 0 <= x < 8 and 0 <= y < 8)


def is_valid_sudoku(board: Sequence[Sequence[int]]) -> bool:
    """Check whether no number repeats in a row, column or box of a Sudoku, 0 being empty.

    Also: validate a 9x9 board; partly filled grid is allowed.

    >>> is_valid_sudoku([
    ...     [5, 3, 0, 0, 7, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ...     [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ...     [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ... ])
    True
    >>> is_valid_sudoku([
    ...     [5, 5, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ...     [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ...     [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ... ])
    False
    """
    seen = [
        place
        for row, line in enumerate(board)
        for column, value in enumerate(line)
        if value
        for place in (("r", row, value), ("c", column, value), (row // 3, column // 3, value))
    ]
    return len(seen) == len(set(seen))


def magic_square(n: int) -> list[list[int]]:
    """Make a magic square of odd size.

    Also: equal sums of rows, columns and diagonals; Siamese method.

    >>> magic_square(3)
    [[8, 1, 6], [3, 5, 7], [4, 9, 2]]
    >>> magic_square(1)
    [[1]]
    """
    grid = [[0] * n for _ in range(n)]
    row, column = 0, n // 2
    for number in range(1, n * n + 1):
        grid[row][column] = number
        if grid[(row - 1) % n][(column + 1) % n]:
            row += 1
        else:
            row, column = (row - 1) % n, (column + 1) % n
    return grid


def magic_constant(n: int) -> int:
    """Find the sum of each row of a magic square of size n.

    Also: magic constant; magic sum of the numbers from 1 to n squared.

    >>> magic_constant(3)
    15
    >>> magic_constant(4)
    34
    """
    return n * (n * n + 1) // 2


def life_step(grid: Sequence[Sequence[int]]) -> list[list[int]]:
    """Find the next generation of a board of the Game of Life.

    Also: Conway's cellular automaton; one step of live and dead cells, dead outside.

    >>> life_step([[0, 1, 0], [0, 1, 0], [0, 1, 0]])
    [[0, 0, 0], [1, 1, 1], [0, 0, 0]]
    >>> life_step([[1]])
    [[0]]
    """

    def around(row: int, column: int) -> int:
        """Live cells in the three by three cells around one, itself among them."""
        rows = grid[max(row - 1, 0) : row + 2]
        return sum(sum(each[max(column - 1, 0) : column + 2]) for each in rows)

    return [
        [int(around(r, c) == 3 or (cell == 1 and around(r, c) == 4)) for c, cell in enumerate(row)]
        for r, row in enumerate(grid)
    ]


def tic_tac_toe_winner(board: Sequence[Sequence[str]]) -> str:
    """Find the winner of a game of tic-tac-toe, an empty text if there is none.

    Also: noughts and crosses; three in a row, column or diagonal.

    >>> tic_tac_toe_winner(['XOO', ' X ', '  X'])
    'X'
    >>> tic_tac_toe_winner(['   ', '   ', '   '])
    ''
    """
    lines = [*board, *zip(*board, strict=True)]
    lines += [[row[k] for k, row in enumerate(board)], [row[2 - k] for k, row in enumerate(board)]]
    won = (line[0] for line in lines if line[0].strip() and len(set(line)) == 1)
    return next(won, "")


def rock_paper_scissors(first: str, second: str) -> int:
    """Tell who wins rock, paper, scissors: player 1, player 2, or 0 for a draw.

    Also: result of a round; winner of two hands.

    >>> rock_paper_scissors('rock', 'scissors')
    1
    >>> rock_paper_scissors('rock', 'paper')
    2
    >>> rock_paper_scissors('paper', 'paper')
    0
    """
    hands = ("rock", "paper", "scissors")
    return (hands.index(first) - hands.index(second)) % 3


def bulls_and_cows(secret: str, guess: str) -> tuple[int, int]:
    """Count the right digits in the right place and in the wrong place of a guess.

    Also: Bulls and Cows; Mastermind hint.

    >>> bulls_and_cows('1807', '7810')
    (1, 3)
    >>> bulls_and_cows('1123', '0111')
    (1, 1)
    """
    bulls = sum(a == b for a, b in zip(secret, guess, strict=True))
    shared = sum((Counter(secret) & Counter(guess)).values())
    return bulls, shared - bulls


def mine_counts(board: Sequence[str]) -> list[str]:
    """Fill a Minesweeper board of stars and dots with the numbers of mines around.

    Also: Minesweeper hints; count neighbouring mines of every free cell.

    >>> mine_counts(['*..', '...'])
    ['*10', '110']
    >>> mine_counts([])
    []
    """

    def hint(row: int, column: int) -> str:
        """The star itself, or how many stars are around."""
        if board[row][column] == "*":
            return "*"
        rows = board[max(row - 1, 0) : row + 2]
        return str(sum(each[max(column - 1, 0) : column + 2].count("*") for each in rows))

    return ["".join(hint(r, c) for c in range(len(line))) for r, line in enumerate(board)]


def open_doors(n: int) -> list[int]:
    """List the doors left open when person k toggles every kth of n doors.

    Also: hundred lockers problem; light bulbs switched by n people.

    >>> open_doors(20)
    [1, 4, 9, 16]
    >>> open_doors(0)
    []
    """
    return [k * k for k in range(1, n + 1) if k * k <= n]


def count_handshakes(people: int) -> int:
    """Count the handshakes when everybody shakes hands with everybody once.

    Also: number of pairs; games of a round robin; lines between points.

    >>> count_handshakes(5)
    10
    >>> count_handshakes(1)
    0
    """
    return people * (people - 1) // 2


def heads_and_legs(heads: int, legs: int) -> tuple[int, int]:
    """Find the numbers of chickens and rabbits from their heads and legs.

    Also: two-legged and four-legged animals; (-1, -1) if there is no answer.

    >>> heads_and_legs(35, 94)
    (23, 12)
    >>> heads_and_legs(1, 3)
    (-1, -1)
    """
    rabbits = legs // 2 - heads
    possible = legs % 2 == 0 and 0 <= rabbits <= heads
    return (heads - rabbits, rabbits) if possible else (-1, -1)


def days_to_climb(depth: int, up: int, down: int) -> int:
    """Count the days a snail needs out of a well, climbing by day and slipping by night.

    Also: snail in the well puzzle; -1 if it never gets out.

    >>> days_to_climb(10, 3, 2)
    8
    >>> days_to_climb(5, 2, 2)
    -1
    >>> days_to_climb(2, 3, 1)
    1
    """
    if depth <= up:
        return 1
    return -(-(depth - up) // (up - down)) + 1 if up > down else -1


def full_water_bottles(bottles: int, exchange: int) -> int:
    """Count the bottles drunk when so many empty ones are exchanged for a full one.

    Also: water bottles; chocolate wrappers puzzle.

    >>> full_water_bottles(9, 3)
    13
    >>> full_water_bottles(2, 3)
    2
    """
    drunk = empty = bottles
    while empty >= exchange > 1:
        full, rest = divmod(empty, exchange)
        drunk, empty = drunk + full, full + rest
    return drunk


def robot_position(moves: str) -> tuple[int, int]:
    """Find where a robot ends that starts at (0, 0) and moves U, D, L and R.

    Also: follow directions up, down, left, right; final coordinates.

    >>> robot_position('UUR')
    (1, 2)
    >>> robot_position('UD')
    (0, 0)
    """
    return moves.count("R") - moves.count("L"), moves.count("U") - moves.count("D")
