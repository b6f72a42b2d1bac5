import type {Clause} from '../clause.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {hasOrder} from '../words/order-verbs.ts';
import type {World} from '../world.ts';
import {isQuestion, podKinds, targetsIn} from './targets.ts';

const joints = /,\s*(?:and\s+)?|\s+and\s+|\s+plus\s+(?=(?:an?|its)\s)|(?<=[가-힣](?:고|하고)),?\s+|\s+그리고\s+/;
const value =
	/\d|=|\b(?:doubl|tripl|halv|half|twice|zero|(?:one|two|three|four|five|six|eight|ten) (?:replicas?|pods?|instances?|copies)|always|never|ifnotpresent|(?:un)?suspend|resum|paus|enabl|disabl)|절반|배로|재개|중지|멈추|켜|끄/i;
const possessive =
	/\b(?:its|it|their|them)\b|\bpull ?policy\b|^(?:\w+ )*(?:replicas?|pods|instances|image|version|tag|memory|cpu)\b|imagePullPolicy|(?:레플리카|복제본|파드|인스턴스|이미지|태그|버전|메모리|cpu|시피유)/i;

const isWhere = /^(?:for|on|in|with|at)\s+(?:the\s+)?[\w.-]+(?:\s+[\w.-]+){0,2}$/i;

type Calls = Extract<Understanding, {kind: 'calls'}>;

/**
 * `set web to 4 replicas and its memory limit to 1Gi`, `bump web to 2.1 and its exporter to 1.4`: one verb, parts that several of the intents know, or
 * a version for each of two containers. Any other intent alone reads its parts better together.
 */
export const mixed = (intents: readonly Intent[]): Intent => ({
	name: 'mixed',
	async understand(clause, world, talk) {
		const parts = cut(clause);
		if (parts.length < 2 || !(await isEachNamed(parts, world, talk))) return undefined;
		const clauses = [...talk.clauses.slice(0, talk.index), ...parts];
		const calls: Calls[] = [];
		const names = new Set<string>();
		for (const [at, part] of parts.entries()) {
			const found = await firstOf(intents, part, world, {...talk, clauses, index: talk.index + at, earlier: [...talk.earlier, ...calls]});
			if (found?.understood.kind !== 'calls') return undefined;
			calls.push(found.understood);
			names.add(found.name);
		}
		if (names.size < 2 && !names.has('image')) return undefined;
		return {kind: 'calls', said: calls.map(({said}) => said).join('; '), calls: calls.flatMap(found => found.calls)};
	},
});

/** The parts between commas and "and", if each has a value, with the verb that they share. */
function cut(clause: Clause): readonly Clause[] {
	const pieces = clause.text.split(joints).filter(text => text.trim() !== '');
	// `on web, two replicas and …`
	const [head = '', next = '', ...others] = pieces;
	const texts = pieces.length > 2 && isWhere.test(head) ? [`${head}, ${next}`, ...others] : pieces;
	if (texts.length < 2 || !texts.every(text => value.test(text))) return [clause];
	const verb = clause.words.find(word => clause.language === 'en' && hasOrder([word]))?.raw;
	const joined = (text: string) => (counts.test(text) && becoming.test(verb ?? '') ? `scale it to ${text}` : `${verb} ${text}`);
	return texts.map((text, at) => clauseOf(at === 0 || verb === undefined ? text : joined(text)));
}

/** `take web to 2.1 and two pods`: how many there are to be then; by itself `take two pods` would be fewer. */
const counts = /^(?:\d+|one|two|three|four|five|six|eight|ten) (?:replicas?|pods?|instances?|copies)[.!]?$/i;
const becoming = /^(?:set|take|bring|get|move|bump|update|upgrade|change|put|switch|roll)$/i;

/** Whether each part names its object, or is about what belongs to the one before. */
async function isEachNamed(parts: readonly Clause[], world: World, talk: Talk): Promise<boolean> {
	const alone = {...talk, clauses: [], index: 0};
	for (const [at, part] of parts.entries()) {
		const targets = await targetsIn({clause: part, world, talk: alone}, podKinds);
		const isNamed = isQuestion(targets) || targets.length > 0;
		if (!isNamed && (at === 0 || !possessive.test(part.text))) return false;
	}
	return true;
}

async function firstOf(intents: readonly Intent[], clause: Clause, world: World, talk: Talk) {
	for (const {name, understand} of intents) {
		const understood = await understand(clause, world, talk);
		if (understood !== undefined) return {name, understood};
	}
	return undefined;
}
