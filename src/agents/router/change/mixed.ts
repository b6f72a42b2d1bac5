import type {Clause} from '../clause.ts';
import type {Intent, Talk, Understanding} from '../understanding.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {hasOrder} from '../words/order-verbs.ts';
import type {World} from '../world.ts';
import {isQuestion, podKinds, targetsIn} from './targets.ts';

const count = '(?:\\d+|one|two|three|four|five|six|eight|ten) (?:replicas?|pods?|instances?|copies)';
const joints = new RegExp(
	`,\\s*(?:and\\s+)?|\\s+and\\s+|\\s+plus\\s+(?=(?:an?|its)\\s)|(?<=[가-힣](?:고|하고)),?\\s+|\\s+그리고\\s+|(?<=\\d\\.\\d.*)\\s+(?:with|at|on)\\s+(?=${count}\\b)|(?<=\\d\\.\\S*(?:\\s(?:버전|태그)\\S*)?)\\s+(?=\\d+(?:개|대)로)`,
);
const value =
	/\d|=|\b(?:doubl|tripl|halv|half|twice|zero|(?:one|two|three|four|five|six|eight|ten) (?:replicas?|pods?|instances?|copies)|always|never|ifnotpresent|(?:un)?suspend|resum|paus|enabl|disabl)|절반|배로|재개|중지|멈추|켜|끄/i;
const possessive =
	/\b(?:its|it|their|them)\b|\bpull ?policy\b|^[A-Z][A-Z0-9_]*=\S|^\d+(?:개|대)로|^(?:\w+ )*(?:replicas?|pods|instances|image|version|tag|memory|cpu)\b|imagePullPolicy|(?:레플리카|복제본|파드|인스턴스|이미지|태그|버전|메모리|cpu|시피유)/i;

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
			if (found === undefined) return undefined;
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
	const verb = clause.words.find((word, at) => clause.language === 'en' && hasOrder([word]) && !(at > 0 && nouns.test(word.text)))?.raw;
	const joined = (text: string) => {
		if (clause.language === 'ko') return text;
		if (counts.test(text) && becoming.test(verb ?? 'be')) return `scale it to ${text}`;
		if (pair.test(text)) return `set ${text.replace(/[.!]$/, '')} on it`;
		return verb === undefined ? text : `${verb} ${text}`;
	};
	return texts.map((text, at) => clauseOf(at === 0 ? text : joined(text)));
}

/** `take web to 2.1 and two pods`: how many there are to be then; by itself `take two pods` would be fewer. */
const counts = new RegExp(`^${count}(?: please)?[.!]?$`, 'i');
/** `web: tag 1.2, limit 1Gi` have no verb. */
const nouns = /^(?:tag|limit|request|label|scale|image|probe)$/;
const pair = /^[A-Z][A-Z0-9_]*=\S+$/;
const becoming = /^(?:be|tag|ship|deploy|release|run|set|take|bring|get|move|bump|update|upgrade|change|put|switch|roll)$/i;

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
		// As outside of lists: an order that is whole goes before a question.
		if (understood?.kind === 'calls') return {name, understood};
	}
	return undefined;
}
