"""Training: `python -m hrm_engine.train CONFIG`, or `hrm train CONFIG`. Read `trainer.py` first."""
