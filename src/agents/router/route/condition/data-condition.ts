import {textAt} from '../../../../core/kube/json-at.ts';
import {boundOf, isWithin, measured} from '../../traits/comparison.ts';
import type {TraitRead} from '../../traits/trait.ts';

const key = /(?:^|\s)(?<key>[A-Z][A-Z0-9_]*[A-Z0-9])(?:\s+(?:in|of)\s+[\w-]+(?:\s+(?:in|of)\s+[\w-]+)?)?$/;
const compared = new RegExp(
	`^(?:is|stands at|reads)(?<denied>\\s+not|n't)?(?:\\s+(?:still|currently|set to|at))*\\s+(?:${measured}|(?<word>[\\w.:/-]*\\w))(?=\\s*(?:[,;.]|$)|\\s+[a-z]+\\s+(?:it|the)\\b)`,
	'i',
);

/** `CACHE_TTL is below 600`, of a key of a ConfigMap. */
export function dataCondition(subject: string, text: string, ahead: string): (TraitRead & {readonly key: string}) | undefined {
	const name = key.exec(`${ahead} ${subject}`)?.groups?.key;
	const found = name === undefined ? null : compared.exec(text);
	if (name === undefined || found === null) return undefined;
	const {word, denied} = found.groups ?? {};
	const bound = word === undefined ? boundOf(found.groups ?? {}) : undefined;
	if (word === undefined && bound === undefined) return undefined;
	return {
		key: name,
		length: found[0].length,
		trait: map => {
			const now = textAt(map, 'data', name);
			const holds = bound === undefined ? now === word : now !== undefined && isWithin(Number(now), bound);
			return holds === (denied === undefined);
		},
	};
}
