import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {withoutStayingKinds} from './kinds-stay.ts';

/** What is spared, or was to be and is no name that exists, and the request without it. */
export type Found = {readonly objects: readonly KubeObject[]; readonly unknown?: string; readonly rest: string};

export const small = /^(?:the|both|two|three|all|those|these|my|our|its?|either|그|두|세|개|저)$/i;
export const joint = /^(?:and|or|nor|와|과|랑|하고|및|,)$/i;
export const plural = /^(?:ones?|pods?|workloads?|것|것들|거|애들)$/i;

export function stayingKinds(text: string, language: Clause['language']): Found | undefined {
	const rest = withoutStayingKinds(text, language);
	return rest === undefined ? undefined : {objects: [], rest};
}

/** Names from here on, as far as the list goes. */
export function namesAhead(text: string, objects: readonly KubeObject[]): {readonly names: readonly KubeObject[]; readonly length: number} {
	const names: KubeObject[] = [];
	let length = 0;
	let wasKind = false;
	for (const piece of text.matchAll(/[^\s,;.!?]+(?:[.][^\s,;.!?]+)*|,/g)) {
		const word = piece[0].replace(/:$/, '').replace(/^["'`]|["'`]$/g, '');
		const named = objectsOf(word, objects);
		// At the beginning, `claim` would be a verb.
		const isKind = kindsIn(clauseOf(`the ${word}`)).length > 0;
		const isOf = wasKind && /^(?:of|for|called|named)$/i.test(word);
		wasKind = isKind;
		if (named.length > 0) names.push(...named);
		else if (!(small.test(word) || joint.test(word) || isKind || isOf || plural.test(word))) break;
		if (/[;.!?]/.test(text.slice(length, piece.index))) break;
		if (named.length > 0 || ((isKind || plural.test(word)) && names.length > 0)) length = piece.index + piece[0].replace(/:$/, '').length;
		if (piece[0].endsWith(':')) break;
	}
	return {names: ofKinds(names, text.slice(0, length)), length};
}

/** `the dispatch service` is no Deployment of that name, nor one of its family. */
export function ofKinds(names: readonly KubeObject[], text: string): readonly KubeObject[] {
	const kinds = new Set(kindsIn(clauseOf(text)).map(({kind}) => kind));
	const ofKind = names.filter(({kind}) => kinds.has(kind));
	return ofKind.length > 0 ? ofKind : names;
}

/** Objects of this name, or those whose names have it as a part (`the dispatch ones`). */
export function objectsOf(word: string, objects: readonly KubeObject[]): readonly KubeObject[] {
	const name = word.toLowerCase();
	const exact = objects.filter(({metadata}) => metadata.name === name);
	if (exact.length === 0 && name.length < 4) return [];
	const isColour = /^(?:blue|green)$/.test(name);
	const family = objects.filter(
		({kind, metadata}) =>
			/^(?:Deployment|StatefulSet|DaemonSet)$/.test(kind) &&
			(metadata.name.startsWith(`${name}-`) || (isColour && metadata.name.endsWith(`-${name}`))),
	);
	return [...exact, ...family];
}
