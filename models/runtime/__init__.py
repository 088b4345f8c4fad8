"""Components of the German press models: they travel inside the wheel and need spaCy, NumPy and ONNX Runtime."""
