import type {JsonObject} from '../../../../core/json.ts';
import {isPath} from '../../words/values.ts';
import {wordsOf} from '../../words/words-of.ts';
import {type Nested, podKinds} from './nested.ts';

const hooks = {
	preStop: /\bpre-?stop\b|프리 ?스톱|종료 ?(?:전|직전)에? ?(?:훅|실행)/i,
	postStart: /\bpost-?start\b|포스트 ?스타트|시작 ?(?:후|직후)에? ?(?:훅|실행)/i,
} as const;

const command = /`([^`]+)`|"([^"]+)"|“([^”]+)”|(?<![\w])'([^']+)'/;
const sleeps =
	/\bsleeps?(?: for)? (\d+) ?(?:s\b|sec\w*)?|\bwaits?(?: for)? (\d+) ?(?:s\b|sec\w*)|(\d+) ?초(?:간|동안)? ?(?:대기|슬립|sleep|쉬|기다)/i;

/** What a hook does: the command in quotes, a request to a path, or a wait. */
function actionIn(text: string): JsonObject | undefined {
	const said = command.exec(text)?.slice(1).find(Boolean);
	if (said !== undefined && !said.startsWith('/')) return {exec: {command: commandOf(said)}};
	const path = wordsOf(text).find(word => isPath(word) && word.raw.length > 1)?.raw;
	const port = /\bport:? (\d+)|:(\d{2,5})\b|(\d{2,5}) ?(?:번 ?)?포트|\bon (\d{2,5})\b/i.exec(text)?.slice(1).find(Boolean);
	if (path !== undefined && port !== undefined && /\bget\b|http|호출|요청/i.test(text)) return {httpGet: {path, port: Number(port)}};
	const seconds = sleeps.exec(text)?.slice(1).find(Boolean);
	if (seconds !== undefined) return /\bexec\b/i.test(text) ? {exec: {command: ['sleep', seconds]}} : {sleep: {seconds: Number(seconds)}};
	return undefined;
}

/** What a shell has to read is left to one. */
const commandOf = (said: string): readonly string[] => (/[|&;<>$*]/.test(said) ? ['sh', '-c', said] : said.trim().split(/\s+/));

/** The part of the text that speaks of one hook: to the other one, or to the end of its sentence. */
function partOf(text: string, hook: keyof typeof hooks): string | undefined {
	if (!hooks[hook].test(text)) return undefined;
	const other = hook === 'preStop' ? 'postStart' : 'preStop';
	const parts = text.split(/(?<=[.;])\s+|,? and (?=(?:an? )?(?:pre|post))|, (?=(?:an? )?(?:pre|post))/i);
	return parts.find(part => hooks[hook].test(part) && !hooks[other].test(part)) ?? text;
}

const hookOf = (hook: keyof typeof hooks): Nested => ({
	kinds: podKinds,
	place: 'container',
	path: ['lifecycle', hook],
	read: ({text}) => {
		const part = partOf(text, hook);
		return part === undefined ? undefined : actionIn(part);
	},
});

/** `a preStop hook that runs "sleep 5"`, `종료 전에 5초 대기`. */
export const lifecycle: readonly Nested[] = [hookOf('preStop'), hookOf('postStart')];
