"""How well the offline model understands and books, as tables: `python -m tests.bench.offline`."""

from tests.bench.offline import appointments, values

if __name__ == "__main__":
    values.main()
    print(appointments.table())
