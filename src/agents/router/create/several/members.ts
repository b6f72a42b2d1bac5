import {compoundWord} from '../../words/compound-word.ts';
import {isImperative} from '../../words/mood/imperatives.ts';
import {numberOf} from '../../words/number-words.ts';
import {headOf} from '../reading/head.ts';
import {type Mentioned, mentionsIn} from '../reading/mentions.ts';
import {indexOfWord, isNameWord} from '../reading/naming.ts';
import {isOnlyName} from '../reading/new-name.ts';
import {spokenNamespaces} from '../reading/places.ts';
import {isSecurityWord} from '../reading/pod-security.ts';
import {plainAt, says, type Wish} from '../reading/wish.ts';

/** What a wish makes one for each of: new names, namespaces, or workloads that are there. `at`: index of the word where it is listed. */
export type Member = {readonly name: string; readonly at: number};

/** What may stand between two of a list beside the words that join them. */
const joint =
	/^["'`”’)\s]*(?:네임 ?스페이스|쪽)?(?:(?:,|and|&|plus|as well as|also|와|과|이?랑|하고|및|그리고|또)\s*)+(?:(?:in|into|to|for|on|of|another|one|the|namespaces?|ns|deployments?)\s+)*["'`“‘(]*$/i;
/** `not in staging`, `staging gets none`: named, and none of the list. */
const excluded = /\b(?:not|except|but not|without)(?: (?:in|into|to|for|on|of|the|namespace))*$/i;

export const isOnlyJoined = (gap: string) => joint.test(gap);

const behind = (wish: Wish, at: number) => indexOfWord(wish, at) + (wish.words[at]?.raw.length ?? 0);
const gap = (wish: Wish, left: number, right: number) => wish.text.slice(behind(wish, left), indexOfWord(wish, right));

const listedTogether = (wish: Wish, left: number, right: number) => isOnlyJoined(gap(wish, left, right));

/** The first list of two or more among the words that may be a part of one. */
function listOf(wish: Wish, places: readonly number[]): readonly Member[] {
	const free = places.filter(at => !excluded.test(wish.text.slice(0, indexOfWord(wish, at)).trimEnd()));
	for (const first of free) {
		const list = [first];
		for (const at of free) {
			const last = list.at(-1) ?? first;
			if (at > last && listedTogether(wish, last, at)) list.push(at);
		}
		const names = new Set(list.map(at => wish.words[at]?.raw));
		if (names.size > 1 && names.size === list.length) return list.map(at => ({name: wish.words[at]?.raw ?? '', at}));
	}
	return [];
}

/** Kinds that are made alike in several namespaces: of others a second namespace is told for another reason. */
const shared: readonly Mentioned[] = ['ConfigMap', 'ResourceQuota', 'LimitRange', 'ServiceAccount', 'PersistentVolumeClaim', 'Secret'];

/** `in shop and in oven`, `shop and oven each get …`. */
function placesIn(wish: Wish, kind: Mentioned, namespaces: readonly string[]): readonly Member[] {
	if (!shared.includes(kind)) return [];
	return listOf(
		wish,
		spokenNamespaces(wish, namespaces).map(({at}) => at),
	);
}

/** Of these a workload has one. */
const ofWorkloads: readonly Mentioned[] = ['HorizontalPodAutoscaler', 'PodDisruptionBudget'];

const plural =
	/\b(?:two|three|four|five|both|each|respectively|2|3|4|5)\b|\b(?:config ?maps|namespaces|secrets|quotas|accounts|claims|pvcs|budgets|pdbs|autoscalers|hpas|services|cron ?jobs|jobs)\b|(?:두|세|네|다섯|2|3|4|5) ?개|둘 ?다|각각|모두|하나씩/i;
const opens =
	/^["'`”’]*\s*(?:\(|:|=|->|→|with\b|holding\b|holds?\b|gets?\b|having\b|has\b|containing\b|labell?ed\b|for\b|at\b|은 |는 |이고|에는|엔 |에 )/i;
const begins = /(?:[:,;.(]|\b(?:and|plus)|하고|그리고|,\s*and|고)["'`“‘(]*\s*$/i;

/** What stands behind these is what the thing holds. */
const contents =
	/(?:\b(?:keys?|values?|entries|holding|containing|data:|contents?|pull secrets?)|키|값|내용|시크릿)(?:는|은|로|에|:)? [^.;:]*$/i;
const articles = /^(?:the|an?|this|that|our|your|my|its)$/;

/** `two namespaces please: alpha, beta` */
const announces = /\bnamespaces\b[^.:]*: (?:[\w-]+(?:, | and )+)*$/i;

/** `a with X=1, b with X=2`, `a and b`: names that nothing has. */
function namesIn(wish: Wish, kind: Mentioned, isTaken: (name: string) => boolean): readonly Member[] {
	// In Korean a word in Latin letters is hardly ever an ordinary one, but it may be a key.
	const isOnly = (at: number) =>
		isOnlyName(wish.words[at]?.raw ?? '') ||
		(kind === 'Namespace' && (wish.language === 'ko' || announces.test(wish.text.slice(0, indexOfWord(wish, at)))));
	const kinds = mentionsIn(wish);
	const isNew = (at: number) => {
		const {raw = ''} = wish.words[at] ?? {};
		if (kinds.some(({first, last}) => at >= first && at <= last)) return false;
		if (
			!isNameWord(wish, at) ||
			raw.includes('=') ||
			isTaken(raw) ||
			(wish.language === 'en' && compoundWord.test(raw)) ||
			plainAt(wish, at) === ''
		)
			return false;
		return isOnly(at) || !(articles.test(plainAt(wish, at - 1)) || isImperative(raw));
	};
	const isChecked = (at: number) => kind === 'Namespace' && isSecurityWord(wish, at);
	const names = [...wish.words.keys()].filter(at => isNew(at) && !isChecked(at));
	const list = listOf(
		wish,
		names.filter(at => !contents.test(wish.text.slice(0, indexOfWord(wish, at)))),
	);
	if (list.some(({at}) => isOnly(at))) return list;
	if (!says(wish, plural)) return [];
	const told = names
		.filter(at => isOnly(at) && opens.test(wish.text.slice(behind(wish, at))))
		.filter((at, index) => index === 0 || begins.test(wish.text.slice(0, indexOfWord(wish, at))))
		.map(at => ({name: wish.words[at]?.raw ?? '', at}));
	return told.length > 1 && new Set(told.map(({name}) => name)).size === told.length ? told : [];
}

type Around = {
	readonly namespaces: readonly string[];
	/** Names of the workloads that are there. */
	readonly workloads: readonly string[];
	/** Whether something has that name. */
	readonly isTaken: (name: string) => boolean;
};

/** What is told with a list of settings, in which names of other things stand: these are several only where they are counted. */
const counted: readonly Mentioned[] = ['Pod', 'Deployment', 'StatefulSet', 'Job', 'CronJob', 'Service'];

const many =
	/\b(two|three|four|five|2|3|4|5) (?:[a-z-]+ ){0,2}(?:pods|deployments|stateful ?sets|(?:cron ?)?jobs|services)\b|(?:파드|포드|디플로이먼트|스테이트풀셋|잡|크론잡|서비스)(?:를|을)? ?(두|세|네|다섯|2|3|4|5) ?개/i;

/** `deployments a and b` */
const plurals = /\b(?:pods|deployments|stateful ?sets|(?:cron ?)?jobs|services) (?:called |named )?$/i;

function countOf({text}: Wish): number | undefined {
	const said = many.exec(text)?.slice(1).find(Boolean);
	return said === undefined ? undefined : numberOf(said.toLowerCase());
}

/** What a wish makes one for each of; fewer than two are none. */
export function membersIn(wish: Wish, {namespaces, workloads, isTaken}: Around): readonly Member[] {
	const kind = headOf(wish)?.kind;
	if (kind !== undefined && counted.includes(kind)) {
		const names = namesIn(wish, kind, isTaken);
		const isPlural = names[0] !== undefined && plurals.test(wish.text.slice(0, indexOfWord(wish, names[0].at)));
		return (names.length === countOf(wish) || isPlural) && names.every(({name}) => isOnlyName(name)) ? names : [];
	}
	if (kind === undefined || !(ofWorkloads.includes(kind) || shared.includes(kind) || kind === 'Namespace')) return [];
	if (ofWorkloads.includes(kind)) {
		const named = [...wish.words.keys()].filter(at => workloads.includes(wish.words[at]?.raw ?? ''));
		const list = listOf(wish, named);
		// `one for a (a-pdb, min 1) and one for b (b-pdb, min 2)`
		const told = named.filter((at, index) =>
			(index === 0 ? /\bfor (?:the )?$/i : /\b(?:one|another)(?: one)? for (?:the )?$/i).test(wish.text.slice(0, indexOfWord(wish, at))),
		);
		return list.length > 0 || told.length < 2 || told.length < named.length
			? list
			: told.map(at => ({name: wish.words[at]?.raw ?? '', at}));
	}
	const places = kind === 'Namespace' ? [] : placesIn(wish, kind, namespaces);
	return places.length > 0 ? places : namesIn(wish, kind, isTaken);
}
