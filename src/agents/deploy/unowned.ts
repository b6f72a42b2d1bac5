/** Labels and annotations by which a GitOps controller knows its own objects: on a copy they would make it prune the copy. */
const ownershipKeys =
	/^(argocd\.argoproj\.io|kustomize\.toolkit\.fluxcd\.io|helm\.toolkit\.fluxcd\.io|meta\.helm\.sh|app\.kubernetes\.io\/(managed-by|instance)$|kubectl\.kubernetes\.io|deployment\.kubernetes\.io)/;

/** The entries of a map of labels or annotations that a copy beside the original may carry. */
export const unowned = (map: {readonly [key: string]: string}) =>
	Object.fromEntries(Object.entries(map).filter(([key]) => !ownershipKeys.test(key)));
