/**
 * An ONNX file (opset 17) that gives its input, `x` float32 `[1]`, back as `y`. To compile it,
 * onnxruntime must fetch and compile its wasm: that can then go on while the model is downloaded.
 */
export function warmModel(): Uint8Array {
  const file =
    'CAg6NwoQCgF4EgF5IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEBE=';
  return Uint8Array.from(atob(file), (char) => char.charCodeAt(0));
}
