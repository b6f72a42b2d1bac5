/** Annotation of a pod whose status a test writes: its kubelet leaves it alone until it is deleted. */
export const reportedByTest = 'sandbox.mkcoa.dev/reported';
