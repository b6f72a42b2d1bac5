import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {isWord} from '../words/spoken.ts';
import type {World} from '../world.ts';

const article = /^(the|a|whole|entire|our|my|this)$/;
const ends = /^(and|then|with|including|too|also|now|completely|entirely|altogether|as|right|today|or|because|since|it)$/;

/**
 * Namespaces that are to go as a whole: `delete namespace lab and everything in it`, `the lab namespace, please`. One that only says where something is
 * (`old things in namespace lab`) is none.
 * @param verbs that a namespace may stand right behind
 */
export async function wholeNamespaces(clause: Clause, world: World, verbs: string): Promise<readonly KubeObject[]> {
	const kinds = kindsIn(clause).filter(({kind}) => kind === 'Namespace');
	if (kinds.length === 0) return [];
	const objects = await world.objects('Namespace');
	return objects.filter(({metadata: {name}}) =>
		clause.language === 'ko' ? goesInKorean(clause, name) : kinds.some(({first, last}) => goes(clause, name, {first, last}, verbs)),
	);
}

function goes({words}: Clause, name: string, {first, last}: {readonly first: number; readonly last: number}, verbs: string): boolean {
	const called = /^(named|called)$/.test(words[last + 1]?.text ?? '') ? last + 2 : last + 1;
	const span =
		words[called]?.text === name ? {from: first, to: called} : words[first - 1]?.text === name ? {from: first - 1, to: last} : undefined;
	if (span === undefined) return false;
	let before = span.from - 1;
	while (article.test(words[before]?.text ?? '')) before -= 1;
	const previous = words[before];
	const opens =
		previous === undefined ||
		previous.stop !== undefined ||
		/^(and|then)$/.test(previous.text) ||
		verbs.split(' ').some(verb => isWord(previous, verb)) ||
		isRid(words, before);
	const next = words[span.to + 1];
	return opens && (words[span.to]?.stop !== undefined || next === undefined || ends.test(next.text));
}

const isRid = (words: Clause['words'], at: number) => words[at]?.text === 'of' && words[at - 1]?.text === 'rid';

/** The particle tells: `lab 네임스페이스를`, but not `lab 네임스페이스에 있는`. */
function goesInKorean({text}: Clause, name: string): boolean {
	const escaped = name.replaceAll('.', '\\.');
	const named = `(?:(?<![\\w-])${escaped}\\s*(?:이?라는\\s*)?네임스페이스|네임스페이스\\s*${escaped}(?![\\w-]))`;
	return new RegExp(
		`${named}(?:를|을|은|는|도|하고|와|과)?(?:\\s*(?:통째로|전체를?|전부|모두|다|그냥|이제|완전히|안의 모든 것도?|좀))*\\s*(?:삭제|지우|지워|제거|없애|날려|,|그리고|필요)`,
	).test(text);
}
