/** A workload in the names of mkcoa's own objects: a Deployment by its name alone; other kinds say what they are, since two kinds may share a name. */
export const workloadWord = ({kind, name}: {readonly kind: string; readonly name: string}) =>
	kind === 'Deployment' ? name : `${kind.toLowerCase()}.${name}`;
