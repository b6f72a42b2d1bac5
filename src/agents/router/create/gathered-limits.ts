import {asksToKnow} from '../change/is-change.ts';
import type {Clause} from '../clause.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {beginsWithVerb} from '../words/mood/imperatives.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {imagesIn} from '../words/values.ts';
import {isCreation, ordersOther} from './reading/creation.ts';
import {headOf} from './reading/head.ts';
import {type Mentioned, mentionsIn} from './reading/mentions.ts';
import {isPlaceMention} from './reading/place-mention.ts';
import {wishOf} from './reading/wish.ts';

/** Kinds that people tell in several sentences, with the words for what each of them is about. */
type Family = {readonly kinds: readonly Mentioned[]; readonly words: RegExp};

const families: readonly Family[] = [
	{
		kinds: ['Role', 'RoleBinding', 'ServiceAccount'],
		words:
			/\b(?:accounts?|users?|groups?|rights?|permissions?|access|read-?only|allowed|able|may|can|should|must|needs?|has to|bound|bind|verbs?)\b|@|권한|수 ?있|계정|어카운트|그룹|사용자|읽기|조회|이름|바인딩/i,
	},
	{
		kinds: ['PodDisruptionBudget'],
		words:
			/unavailable|disrupt|evict|drain|surviv|\bdown\b|\bstay|\bkeep|\blose\b|maintenance|upgrade|드레인|축출|살아|내려가|떠 ?있|중단|점검|유지|이름/i,
	},
	{
		kinds: ['HorizontalPodAutoscaler'],
		words:
			/auto-?scal|\bcpu\b|\bmem|\bmin|\bmax|\bbetween\b|scal(?:e|ing)[ -]?(?:down|up)|\bgrow|\bshrink|window|오토|메모리|최소|최대|늘어날|줄어들|늘릴 ?때|줄일 ?때|축소|확대|자동|이름/i,
	},
	{
		kinds: ['ResourceQuota', 'LimitRange'],
		words:
			/\bquota|\bcap\b|\blimit|\brequest|\bat most\b|\bmore than\b|\bless than\b|\bdefaults?\b|\bcontainers?\b|쿼터|제한|요청|까지|최대|최소|기본|이름/i,
	},
	{
		kinds: ['PersistentVolumeClaim'],
		words: /storage|\bclass\b|\d ?[GMT]i?\b|read-?write|\bRW|snapshot|\bsize\b|스토리지|클래스|용량|크기|접근|라벨|이름/i,
	},
];

const said = ({text, language}: Clause) => wishOf(text, language);

function familyOf(clause: Clause): Family | undefined {
	const wish = said(clause);
	const kind = isCreation(wish) && !ordersOther(wish) ? headOf(wish)?.kind : undefined;
	return families.find(
		({kinds}) => kind !== undefined && kinds.includes(kind) && mentionsIn(wish).some(mention => kinds.includes(mention.kind)),
	);
}

const openings = /^(?:(?:then|also|and|please|so|now|it|they|we|i|just)[\s,]+)+/i;
const deeds = /(?:재시작|롤백|삭제|스케일|올려|내려|늘려|줄여|바꿔|변경해|교체|옮겨|지워|멈춰|꺼)\S{0,3} ?(?:줘|주|해|하고)/;

/** Whether a clause only tells more of what is made: background, or how it is to be. An order of its own never does. */
function goesOn(clause: Clause, {kinds, words}: Family): boolean {
	if (asksToKnow(clause) || imagesIn(clause).length > 0 || deeds.test(clause.text)) return false;
	const wish = said(clause);
	const others = mentionsIn(wish).filter(
		mention => !isPlaceMention(wish, mention) && families.some(family => family.kinds.includes(mention.kind)),
	);
	if (others.some(({kind}) => !kinds.includes(kind) && kind !== 'ServiceAccount')) return false;
	const isOwn = others.some(({kind}) => kinds.includes(kind));
	const plain = clause.text.toLowerCase().replace(openings, '');
	if (!isOwn && beginsWithVerb(plain)) return false;
	return isOwn || words.test(clause.text) || (clause.language === 'en' && moodOf(clause.text) === 'told');
}

/** The clauses of a request, those in one that tell of one new limit, budget, autoscaler, claim or right. */
export function gatheredLimits(clauses: readonly Clause[]): readonly Clause[] {
	const at = clauses.findIndex(clause => familyOf(clause) !== undefined);
	const family = clauses[at] === undefined ? undefined : familyOf(clauses[at]);
	if (family === undefined || clauses.length < 2) return clauses;
	let [first, last] = [at, at];
	const fits = (index: number) => clauses[index] !== undefined && goesOn(clauses[index], family);
	while (fits(first - 1)) first -= 1;
	while (fits(last + 1)) last += 1;
	if (first === last) return clauses;
	const whole = clauses
		.slice(first, last + 1)
		.map(({text}) => text.trim())
		.map((text, index, all) =>
			index === all.length - 1 || /[.!?;,:]$/.test(text) ? text : /[가-힣]고$/.test(text) ? `${text},` : `${text}.`,
		)
		.join(' ');
	return [...clauses.slice(0, first), clauseOf(whole), ...clauses.slice(last + 1)];
}
