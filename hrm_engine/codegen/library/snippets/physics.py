"""School physics: motion, force, energy, electricity, waves, gases. SI units throughout."""

from __future__ import annotations

import math
from collections.abc import Sequence


def speed(distance: float, time: float) -> float:
    """Find the speed from distance and time.

    Also: average velocity; distance over time; how fast.

    >>> speed(100, 8)
    12.5
    >>> speed(0, 3)
    0.0
    """
    return distance / time


def travelled_distance(speed: float, time: float) -> float:
    """Find the distance travelled at a speed in a time.

    Also: how far one gets; speed times time.

    >>> travelled_distance(12.5, 8)
    100.0
    >>> travelled_distance(3, 0)
    0
    """
    return speed * time


def travel_time(distance: float, speed: float) -> float:
    """Find the time needed for a distance at a speed.

    Also: how long a trip takes; distance over speed.

    >>> travel_time(100, 12.5)
    8.0
    >>> travel_time(0, 5)
    0.0
    """
    return distance / speed


def average_speed_of_round_trip(there: float, back: float) -> float:
    """Find the average speed of a trip there and back at two speeds.

    Also: harmonic mean of two speeds over equal distances; mean speed out and back.

    >>> average_speed_of_round_trip(40, 60)
    48.0
    >>> average_speed_of_round_trip(5, 5)
    5.0
    """
    return 2 * there * back / (there + back)


def acceleration(initial: float, final: float, time: float) -> float:
    """Find the acceleration from the initial and final speed and the time.

    Also: change of velocity over time; how fast the velocity changes; a = (v - u)/t.

    >>> acceleration(0, 20, 4)
    5.0
    >>> acceleration(10, 0, 5)
    -2.0
    """
    return (final - initial) / time


def final_velocity(initial: float, acceleration: float, time: float) -> float:
    """Find the final velocity under constant acceleration.

    Also: v = u + a*t; speed after some time.

    >>> final_velocity(5, 2, 3)
    11
    >>> final_velocity(0, 9.5, 2)
    19.0
    """
    return initial + acceleration * time


def accelerated_distance(initial: float, acceleration: float, time: float) -> float:
    """Find the distance covered under constant acceleration.

    Also: displacement; s = u*t + a*t^2/2.

    >>> accelerated_distance(0, 2, 3)
    9.0
    >>> accelerated_distance(5, 0, 2)
    10.0
    """
    return initial * time + acceleration * time**2 / 2


def free_fall_time(height: float) -> float:
    """Find the time of a free fall from a height, with g = 9.81.

    Also: how long a dropped object falls; seconds until a dropped stone hits the ground.

    >>> free_fall_time(4.905)
    1.0
    >>> free_fall_time(0)
    0.0
    """
    return math.sqrt(2 * height / 9.81)


def projectile_range(speed: float, angle: float) -> float:
    """Find the range of a projectile from its speed and angle in degrees, with g = 9.81.

    Also: how far a thrown ball flies over level ground; distance of a throw.

    >>> projectile_range(9.81, 45)
    9.81
    >>> projectile_range(20, 30)
    35.311943069701876
    """
    return speed**2 * math.sin(2 * math.radians(angle)) / 9.81


def force(mass: float, acceleration: float) -> float:
    """Find the force from mass and acceleration.

    Also: Newton's second law; F = m*a.

    >>> force(10, 2)
    20
    >>> force(0.5, 9.0)
    4.5
    """
    return mass * acceleration


def weight_force(mass: float) -> float:
    """Find the weight of a mass on Earth in newtons, with g = 9.81.

    Also: gravity force; m times g.

    >>> weight_force(2)
    19.62
    >>> weight_force(0)
    0.0
    """
    return mass * 9.81


def kinetic_energy(mass: float, speed: float) -> float:
    """Find the kinetic energy of a moving body.

    Also: energy of motion; half m v squared.

    >>> kinetic_energy(10, 2)
    20.0
    >>> kinetic_energy(3, 0)
    0.0
    """
    return mass * speed**2 / 2


def potential_energy(mass: float, height: float) -> float:
    """Find the potential energy of a body at a height, with g = 9.81.

    Also: gravitational energy; m times g times h.

    >>> potential_energy(2, 2)
    39.24
    >>> potential_energy(1, 0)
    0.0
    """
    return mass * 9.81 * height


def momentum(mass: float, velocity: float) -> float:
    """Find the momentum of a body.

    Also: mass times velocity; p = m*v.

    >>> momentum(5, 3)
    15
    >>> momentum(2, -1.5)
    -3.0
    """
    return mass * velocity


def work(force: float, distance: float) -> float:
    """Find the work done by a force along a distance.

    Also: force times distance; energy in joules.

    >>> work(10, 5)
    50
    >>> work(2.5, 2)
    5.0
    """
    return force * distance


def mechanical_power(work: float, time: float) -> float:
    """Find the power from work and time.

    Also: energy per second; watts.

    >>> mechanical_power(100, 8)
    12.5
    >>> mechanical_power(0, 1)
    0.0
    """
    return work / time


def density(mass: float, volume: float) -> float:
    """Find the density from mass and volume.

    Also: mass per volume; rho.

    >>> density(10, 4)
    2.5
    >>> density(3, 3)
    1.0
    """
    return mass / volume


def pressure(force: float, area: float) -> float:
    """Find the pressure from force and area.

    Also: force per area; pascals.

    >>> pressure(10, 4)
    2.5
    >>> pressure(0, 2)
    0.0
    """
    return force / area


def gravitational_force(first: float, second: float, distance: float) -> float:
    """Find the gravitational force between two masses.

    Also: Newton's law of gravitation; attraction of two bodies.

    >>> gravitational_force(1, 1, 1)
    6.6743e-11
    >>> gravitational_force(2, 2, 2)
    6.6743e-11
    """
    return 6.6743e-11 * first * second / distance**2


def ohms_law_voltage(current: float, resistance: float) -> float:
    """Find the voltage from current and resistance.

    Also: Ohm's law; V = I*R.

    >>> ohms_law_voltage(2, 6)
    12
    >>> ohms_law_voltage(0.5, 10)
    5.0
    """
    return current * resistance


def ohms_law_current(voltage: float, resistance: float) -> float:
    """Find the electric current from voltage and resistance.

    Also: Ohm's law; I = V/R; amperes.

    >>> ohms_law_current(12, 6)
    2.0
    >>> ohms_law_current(5, 10)
    0.5
    """
    return voltage / resistance


def electric_power(voltage: float, current: float) -> float:
    """Find the electric power from voltage and current.

    Also: P = V*I; watts.

    >>> electric_power(230, 2)
    460
    >>> electric_power(1.5, 2)
    3.0
    """
    return voltage * current


def series_resistance(resistors: Sequence[float]) -> float:
    """Find the total resistance of resistors in series.

    Also: sum of resistances one after another; equivalent resistor in a series circuit.

    >>> series_resistance([2, 3, 5])
    10
    >>> series_resistance([])
    0
    """
    return sum(resistors)


def parallel_resistance(resistors: Sequence[float]) -> float:
    """Find the total resistance of resistors in parallel.

    Also: reciprocal of the sum of the reciprocals; side by side.

    >>> parallel_resistance([4, 4])
    2.0
    >>> parallel_resistance([2, 4, 4])
    1.0
    """
    return 1 / sum(1 / resistor for resistor in resistors)


def wavelength(speed: float, frequency: float) -> float:
    """Find the wavelength from the speed and the frequency of a wave.

    Also: lambda = v/f; length of a wave.

    >>> wavelength(340, 170)
    2.0
    >>> wavelength(3, 6)
    0.5
    """
    return speed / frequency


def period_to_frequency(period: float) -> float:
    """Find the frequency from the period of an oscillation.

    Also: hertz from seconds; one over T.

    >>> period_to_frequency(0.25)
    4.0
    >>> period_to_frequency(2)
    0.5
    """
    return 1 / period


def pendulum_period(length: float) -> float:
    """Find the period of a simple pendulum from its length, with g = 9.81.

    Also: swing time; two pi times the root of l over g.

    >>> pendulum_period(9.81)
    6.283185307179586
    >>> pendulum_period(1)
    2.0060666807106475
    """
    return 2 * math.pi * math.sqrt(length / 9.81)


def ideal_gas_pressure(moles: float, temperature: float, volume: float) -> float:
    """Find the pressure of an ideal gas.

    Also: ideal gas law; P = n*R*T/V with R = 8.314.

    >>> ideal_gas_pressure(1, 300, 2)
    1247.1
    >>> ideal_gas_pressure(2, 100, 1)
    1662.8
    """
    return moles * 8.314 * temperature / volume


def mass_energy(mass: float) -> float:
    """Find the energy of a mass at rest.

    Also: E = m*c^2; Einstein's mass-energy equivalence in joules.

    >>> mass_energy(1)
    89875517873681764
    >>> mass_energy(0)
    0
    """
    return mass * 299_792_458**2
