import type {Clause, Word} from '../clause.ts';
import {compoundWord} from '../words/compound-word.ts';
import {isNearly} from '../words/nearly.ts';
import {numberOf} from '../words/number-words.ts';
import {hostOf} from '../words/values.ts';
import type {World} from '../world.ts';
import {namedKinds} from './ordered.ts';

/** `to run pg-dump from`, `redis-cli 칠 파드`: what somebody is going to use there. */
const isTool = (name: string, text: string) =>
	new RegExp(
		`\\b(?:to|for) (?:us(?:e|ing)|run(?:ning)?|try(?:ing)?|test(?:ing)?|debug(?:ging)?|typ(?:e|ing)|call(?:ing)?|(?:poke|look)(?:ing)? (?:at|around|into)) (?:some |the |a |our )?${name}(?![\\w-])|(?<![\\w-])${name}(?:을|를|로|으로)? ?(?:칠|칠려|돌려 ?볼|돌릴|써 ?볼|쓸|실행할|실행해 ?볼|테스트|확인용|시험|접속용|용 )`,
		'i',
	).test(text);

/** What only a name is written like. */
export const nameLike = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

/** What nobody writes beside the point: a name in quotes, a host that is no part of a pair. */
function spelledOut(word: Word): string | undefined {
	if (word.quoted) return /^[a-z][a-z0-9-]*$/.test(word.raw) ? word.raw : undefined;
	const host = word.raw.includes('=') ? undefined : hostOf(word)?.host;
	return host !== undefined && host.split('.').length > 2 ? host : undefined;
}

/**
 * A name in a request that its plan knows nothing of: a word that only a name is written like and nothing live has. A plan beside it would make or change
 * something else than the one that was named.
 */
export async function unexplainedName({text, words}: Clause, planned: string, world: World): Promise<string | undefined> {
	// An image is called like what runs it, and is not it.
	const named = planned.replaceAll(/[\w.-]+(?:\/[\w.-]+)+(?::[\w.-]+)?/g, ' ');
	const unknown = words.filter(word => {
		const {raw} = word;
		const exact = spelledOut(word);
		if (exact !== undefined) return !planned.includes(exact);
		return (
			nameLike.test(raw) &&
			!compoundWord.test(raw) &&
			numberOf(raw) === undefined &&
			!new RegExp(`(?<![\\w-])${raw}(?![\\w-])`).test(named) &&
			!isTool(raw, text)
		);
	});
	if (unknown.length === 0) return undefined;
	const live = (await Promise.all([...namedKinds, 'Namespace', 'Pod'].map(kind => world.objects(kind)))).flat();
	// What is live may stand in the background: others look at that. A name with a slip means the one that it nearly is.
	const isLive = (name: string) => live.some(object => isNearly(name, object.metadata.name) || JSON.stringify(object).includes(name));
	return unknown.find(({raw}) => !isLive(raw))?.raw;
}
