import {MkcoaError} from '../../../core/error.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {Clause} from '../clause.ts';
import {plainWords} from '../names/plain-words.ts';
import {clauseOf} from '../words/clauses-of.ts';
import {moodOf} from '../words/mood/mood-of.ts';
import {spoken} from '../words/spoken.ts';
import {stemsOf} from '../words/stem.ts';
import type {World} from '../world.ts';

/** What people say, and how programs write it. */
const written: readonly (readonly [words: string, texts: readonly string[]])[] = [
	['timeout timed_out time_out times_out timing_out 타임아웃 시간_초과 시간초과', ['timeout', 'timed out', 'deadline exceeded']],
	['error err fail failed failure 에러 오류 실패', ['error', 'fail', 'exception']],
	['warning warn 경고 워닝', ['warn']],
	['fatal panic crash 치명', ['fatal', 'panic']],
	['exception traceback stacktrace stack_trace 예외', ['exception', 'traceback']],
	['refuse refused reject rejected deny denied turned_away 거부 거절', ['refused', 'denied', 'rejected']],
	['slow slowest 느린 느리', ['slow', 'duration']],
	['exit exited quit 종료', ['exit']],
	['start started startup 시작 기동', ['starting', 'started', 'listening']],
	['listen listens 리슨', ['listening']],
	['info 정보', ['info']],
	['debug 디버그', ['debug']],
	['login logged_in 로그인', ['login']],
	['settle settled 정산', ['settled']],
	['connect connection 연결 접속', ['connect']],
	['retry retried 재시도', ['retry', 'again']],
	['memory 메모리', ['memory']],
	['user 사용자 유저', ['user']],
	['order 주문', ['order']],
];

/** Words about the log itself. */
const about =
	/^(?:whatever|wrote|write|writes|written|hand|paste|past|need|want|wants|know|whether|about|care|nothing|else|entries|entry|level|since|output|message|messages|log|logs|logged|logging|line|lines|last|latest|recent|newest|first|show|tell|give|print|prints|printed|printing|say|says|said|which|what|who|when|where|did|does|has|have|any|only|just|according|going|from|the|and|in|of|is|are|was|were|been|its|container|pod|pods|deployment|hour|hours|minute|minutes|day|today|since|ago|database|see|look|find|search|grep|containing|contain|mention|mentions|with|that|word|output|previous|before|id|ids|name|me|for|there|ever|currently|right|now|going|by|http|please|database|code|status|service|server|app|application|system|데이터베이스)$/;

/** Lines of a few pods are enough to tell which word is written there. */
const mostPods = 3;
const mostLines = 2000;

/** The lines that some pods wrote last, in lower case. Empty where nothing can be read. */
async function linesOf({namespace, pods, previous}: Source, world: World): Promise<readonly string[]> {
	const lines: string[] = [];
	const each = pods.slice(0, mostPods).flatMap(pod => containersOf(podSpecOf(pod)).map(container => ({pod, container})));
	for (const {pod, container} of each) {
		const query = {namespace, pod: pod.metadata.name, container: textAt(container, 'name'), previous, tailLines: mostLines};
		try {
			for await (const line of world.cluster.logs(query, new AbortController().signal)) lines.push(line.toLowerCase());
		} catch (error) {
			// A container that never ran has no log.
			if (!(error instanceof MkcoaError)) throw error;
		}
	}
	return lines;
}

/** A text without what only tells why the log is read: `customers see wrong prices, open the log`. */
function untold(text: string): string {
	const parts = text.split(/(?<=[,;.!?])\s+/);
	const rest = parts.filter(part => moodOf(part) !== 'told');
	return rest.length === 0 ? text : rest.join(' ');
}

/** At the beginning of a word: `ten` is not in `listening`. */
const begins = (text: string) => new RegExp(`(?<![a-z0-9])${text.replaceAll(/[^a-z0-9 ]/g, '\\$&')}`);

/** Whose log is looked through. */
export type Source = {readonly namespace: string; readonly pods: readonly KubeObject[]; readonly previous: boolean};

/**
 * The word of a clause that tells most: the one that the fewest lines of the log hold. Undefined where no word is written there, or every line holds it.
 * @param taken words that name the object, its container and its namespace
 */
export async function patternWrittenIn(
	clause: Clause,
	source: Source,
	taken: ReadonlySet<string>,
	world: World,
): Promise<string | undefined> {
	const texts = candidates(clauseOf(untold(clause.text)), taken);
	if (texts.length === 0) return undefined;
	const lines = await linesOf(source, world);
	const found = texts
		.map(text => ({text, count: lines.filter(line => begins(text).test(line)).length}))
		.filter(({count}) => count > 0 && count < lines.length)
		.toSorted((a, b) => a.count - b.count || b.text.length - a.text.length);
	return found[0]?.text;
}

function candidates(clause: Clause, taken: ReadonlySet<string>): readonly string[] {
	const said = written.flatMap(([words, texts]) => (spoken(clause, words) ? texts : []));
	const own = clause.words.flatMap(({text, raw}) => {
		if (about.test(text) || taken.has(text) || /^\d{1,2}$/.test(text) || !/^[a-z0-9]/i.test(text)) return [];
		return [raw.toLowerCase(), ...stemsOf(text)].filter(each => each.length > 2 && !plainWords.has(each));
	});
	return [...new Set([...said, ...own])];
}
