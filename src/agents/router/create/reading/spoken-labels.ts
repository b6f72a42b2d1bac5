import type {Wish} from './wish.ts';

/** What people call the labels that most objects carry. */
const korean: {readonly [word: string]: string} = {
	팀: 'team',
	환경: 'env',
	소유자: 'owner',
	담당자: 'owner',
	용도: 'purpose',
	등급: 'tier',
};
const usual = 'team|env|environment|owner|tier|stage|purpose|cost-cent(?:er|re)|department|project';
const key = String.raw`[A-Za-z][\w./-]*`;
const value = String.raw`["'\`]?([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(?![\w.-]*=)`;
const linked = String.raw`(?:\s+set\s+to|(?:,? which)? should be|\s+is|\s+being|\s+equal\s+to|\s*:)\s+`;

const patterns: readonly RegExp[] = [
	new RegExp(String.raw`(?<![\w.-])(${key})["'\`]?${linked}${value}`, 'gi'),
	new RegExp(
		String.raw`(?:,|\bwith|\blabels?|\blabelled|\blabeled)\s+(?:an?\s+|the\s+|labels?\s+)?(${usual})\s+(?:labels?\s+)?(?!set\b|is\b|labels?\b|to\b|as\b)${value}`,
		'gi',
	),
	new RegExp(String.raw`(?<![\w.-])(${key}|${Object.keys(korean).join('|')})\s*(?:라벨|레이블)(?:은|는|을|를|로|에|이|:)?\s+${value}`, 'g'),
];

const noKeys =
	/^(?:it|that|this|pls|plz|please|thanks|thx|namespaces?|name|namespace|ns|which|labels?|label|key|value|quota|limits?|cpu|memory|pods?|the|there|here|called|with|and|security|level|enforce|audit|warn)$/i;

/**
 * Labels said in words: `with team set to ops`, `team is ops, env staging`, `팀 라벨 ops 달아서`.
 * @param names of what is made: they are no keys
 */
export function spokenLabels({text}: Pick<Wish, 'text'>, names: readonly string[]): {readonly [key: string]: string} {
	const isLabelled = (at: number) => /(?:\blabel|라벨|레이블|\btag)[^.;]*$/i.test(text.slice(0, at));
	const isAnnotated = (at: number) => /(?:annotat\w*|어노테이션|애너테이션)(?:(?!label|라벨|레이블)[^.;])*$/i.test(text.slice(0, at));
	const found = patterns.flatMap(pattern =>
		[...text.matchAll(pattern)]
			.filter(({0: whole, index}) => !isAnnotated(index) && text[index + whole.length] !== '@')
			.filter(({0: whole, index}) => isLabelled(index) || !whole.includes(':') || new RegExp(`^(?:${usual})\\b`, 'i').test(whole))
			.map(([, name = '', said = '']) => [korean[name] ?? name, said] as const),
	);
	return Object.fromEntries(
		found.filter(
			([name, said]) =>
				!noKeys.test(name) &&
				!/^(?:namespaces?|ns|service|quota|config|configmap|an?|the|it|this|that|to|not|both)$/i.test(said) &&
				!names.includes(name) &&
				!names.includes(said),
		),
	);
}
