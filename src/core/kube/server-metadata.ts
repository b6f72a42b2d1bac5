/** What the server and its controllers write into an object's metadata for themselves: no person changes it, a plan holds none of it, and a write needs none. */
export const serverMetadata: ReadonlySet<string> = new Set([
	'managedFields',
	'resourceVersion',
	'generation',
	'selfLink',
	'uid',
	'creationTimestamp',
	'deletionTimestamp',
	'deletionGracePeriodSeconds',
]);
