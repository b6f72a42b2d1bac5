/** A patch that cannot be applied to this object. The message names the operation and the path, and holds no value. */
export class PatchError extends Error {
	override readonly name = 'PatchError';
}
