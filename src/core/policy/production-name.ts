const productionWords = new Set(['prod', 'production', 'prd', 'live']);
/** `non-prod` and `pre-prod` are not production. */
const negations = new Set(['non', 'not', 'no', 'pre']);

/** Whether a context or a cluster is called production: one of the words above as a whole word, as in `prod-eu`, `gke_acme_live-1`, `euProd2`. */
export function isProductionName(name: string): boolean {
	const words = name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.map(word => word.replace(/\d+$/, ''));
	return words.some((word, index) => productionWords.has(word) && !negations.has(words[index - 1] ?? ''));
}
