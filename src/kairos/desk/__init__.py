"""The desk process: what people and programs see of the engine, over its link."""
