import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {type Labels, type Rewrite, selectorForCopy} from './rewrite-labels.ts';

type Meaning = {readonly original: Labels; readonly rewritten: readonly Rewrite[]; readonly own: Labels};

/**
 * A pod spec in which the terms that spread the original's pods, or keep them apart or together, do so with the copy's own.
 * Terms about other applications stay as they are.
 */
export function rewriteTerms(podSpec: JsonObject, meaning: Meaning): JsonObject {
	const affinity = isJsonObject(podSpec.affinity) ? podSpec.affinity : undefined;
	const spread = podSpec.topologySpreadConstraints;
	return {
		...podSpec,
		...(affinity === undefined
			? {}
			: {affinity: mapValues(affinity, (value, key) => (key === 'nodeAffinity' ? value : ofAffinity(value, meaning)))}),
		...(Array.isArray(spread) ? {topologySpreadConstraints: spread.map(constraint => ofTerm(constraint, meaning))} : {}),
	};
}

function ofAffinity(affinity: Json | undefined, meaning: Meaning): Json | undefined {
	if (!isJsonObject(affinity)) return affinity;
	return mapValues(affinity, terms => {
		if (!Array.isArray(terms)) return terms;
		return terms.map(term =>
			isJsonObject(term) && term.podAffinityTerm !== undefined
				? {...term, podAffinityTerm: ofTerm(term.podAffinityTerm, meaning)}
				: ofTerm(term, meaning),
		);
	});
}

function ofTerm(term: Json, {original, rewritten, own}: Meaning): Json {
	if (!isJsonObject(term) || !isJsonObject(term.labelSelector) || !fitsSelector(term.labelSelector, original)) return term;
	return {...term, labelSelector: selectorForCopy(term.labelSelector, rewritten, own)};
}

const mapValues = (object: JsonObject, change: (value: Json | undefined, key: string) => Json | undefined): JsonObject =>
	Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
