import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {type Case, isReady} from './case.ts';
import type {Cause} from './cause.ts';
import {type PlacedContainer, placedContainers} from './container-place.ts';
import {containerStates} from './container-state.ts';
import {fieldPath} from './field-path.ts';
import {exchange} from './patch-remedy.ts';
import {probePortCause, strayProbes} from './probe-port.ts';
import {releaseToBlame, runsAnother} from './release-to-blame.ts';
import {backRemedy, changeEvidence, changeOf, changesAt, type TemplateChange} from './template-change.ts';

/** `Readiness probe failed: …` */
const failedProbe = /^(Startup|Readiness|Liveness) probe (failed|errored)/;

type Hint = {
	readonly en: string;
	readonly ko: string;
	readonly field: readonly string[];
	/** A program that is still starting would answer otherwise, or not at all. */
	readonly isLasting?: true;
};

/** What an answer says of the probe, and the field that it speaks of. */
function hintOf(message: string, path: string | undefined): Hint {
	if (/HTTP request to an HTTPS server/i.test(message))
		return {en: ' The container answers over HTTPS.', ko: ' 컨테이너는 HTTPS로 응답합니다.', field: ['httpGet', 'scheme'], isLasting: true};
	if (/server gave HTTP response to HTTPS/i.test(message))
		return {
			en: ' The container answers over plain HTTP.',
			ko: ' 컨테이너는 HTTP로 응답합니다.',
			field: ['httpGet', 'scheme'],
			isLasting: true,
		};
	if (/statuscode: 404/.test(message))
		return {en: ` Path ${path} is not there.`, ko: ` ${path} 경로가 없습니다.`, field: ['httpGet', 'path'], isLasting: true};
	if (/statuscode: 40[13]/.test(message))
		return {
			en: ` Path ${path} lets nobody in without credentials.`,
			ko: ` ${path} 경로는 인증이 필요합니다.`,
			field: ['httpGet', 'path'],
			isLasting: true,
		};
	if (/statuscode: 50[0-9]/.test(message))
		return {
			en: ' The program answers that it is not well itself, mostly because something it needs is not.',
			ko: ' 프로그램이 스스로 이상하다고 답합니다. 의존하는 것이 잘못된 경우가 많습니다.',
			field: [],
		};
	if (/context deadline exceeded|Client\.Timeout|timed out|timeout/i.test(message))
		return {en: ' No answer comes in time.', ko: ' 제때 응답이 오지 않습니다.', field: ['timeoutSeconds']};
	return {en: '', ko: '', field: []};
}

/** The container whose probe an event is about: it says so, or only one has such a probe. */
function askedContainer(workload: KubeObject, probe: string, event: KubeObject | undefined): PlacedContainer | undefined {
	const named = /\{(.+)\}/.exec(textAt(event, 'involvedObject', 'fieldPath') ?? '')?.[1];
	const asked = placedContainers(workload).filter(({container}) => valueAt(container, probe) !== undefined);
	// One that the template does not know was put into the pod on its way.
	return named === undefined ? asked[0] : asked.find(({name}) => name === named);
}

/** Whether a rollout stands still that another revision would end: pods of that one are ready, or the deadline has passed. */
const isStalled = ({pods}: Case, workload: KubeObject, change: TemplateChange | undefined, placed: PlacedContainer | undefined) =>
	(change?.earlier.ready ?? 0) > 0 ||
	(placed !== undefined && pods.some(pod => isReady(pod) && runsAnother(pod, placed))) ||
	isTooLate(workload);

/** Until its deadline a rollout may only be slow. */
const isTooLate = (workload: KubeObject) =>
	listAt(workload, 'status', 'conditions').some(each => textAt(each, 'reason') === 'ProgressDeadlineExceeded');

const timeOf = (event: KubeObject | undefined) =>
	Date.parse(textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? event?.metadata.creationTimestamp ?? '') || 0;

/** What the kubelet was answered; of a wrong port the cause is told already, and of what another probe ends with the crash. */
function answerCauses(given: Case): readonly Cause[] {
	const {events, workload, pods} = given;
	if (workload === undefined) return [];
	const isRestarted = containerStates(pods).some(({restarts, ended}) => restarts > 0 && ended !== '');
	const told = events.filter(event => failedProbe.test(textAt(event, 'message') ?? ''));
	const byProbe = Map.groupBy(told, event => failedProbe.exec(textAt(event, 'message') ?? '')?.[1]?.toLowerCase() ?? '');
	return [...byProbe]
		.filter(([word]) => !(word !== 'readiness' && isRestarted))
		.map(([word, list]): Cause => {
			const message = shortLine(textAt(list.at(-1), 'message') ?? '', 240);
			const probe = `${word}Probe`;
			const placed = askedContainer(workload, probe, list.at(-1));
			const hint = hintOf(message, textAt(placed?.container, probe, 'httpGet', 'path'));
			const place = [...(placed?.place ?? []), probe];
			const change = changeOf(given);
			const changed = changesAt(change, place);
			const [only] = changed;
			// The probe is the same, and the revision before answers it still.
			const release =
				changed.length === 0 && isStalled(given, workload, change, placed)
					? releaseToBlame(given, change, placed, timeOf(list.at(-1)))
					: undefined;
			const scheme = valueAt(placed?.container, probe, 'httpGet', 'scheme');
			const isScheme = hint.field.at(-1) === 'scheme';
			return {
				id: 'probe-fails',
				resource: refOf(workload),
				path:
					placed === undefined
						? undefined
						: fieldPath(workload, release?.path ?? (changed.length === 1 && only !== undefined ? only.path : [...place, ...hint.field])),
				...(hint.isLasting === true || changed.length > 0 ? {isLasting: true} : {}),
				cause: {en: `The ${word} probe fails.${hint.en}`, ko: `${word} 프로브가 실패합니다.${hint.ko}`},
				evidence: [
					{source: `Event ${textAt(list.at(-1), 'involvedObject', 'name')}`, detail: message},
					...changeEvidence(given, change, release === undefined ? changed : (change?.exchanges ?? [])),
				],
				remedies:
					isScheme && placed !== undefined
						? [
								exchange(workload, [{path: [...place, ...hint.field], from: scheme, to: scheme === 'HTTPS' ? 'HTTP' : 'HTTPS'}], {
									side: 'workload',
									sure: true,
									text: {
										en: `Let the ${word} probe ask over ${scheme === 'HTTPS' ? 'plain HTTP' : 'HTTPS'}`,
										ko: `${word} 프로브가 ${scheme === 'HTTPS' ? 'HTTP' : 'HTTPS'}로 묻게 합니다`,
									},
								}),
							]
						: release === undefined
							? backRemedy(given, change, changed)
							: backRemedy(given, change, change?.exchanges, isTooLate(workload)),
			};
		});
}

/** Probes that ask where nobody answers. */
export function probeCauses(given: Case): readonly Cause[] {
	const {workload} = given;
	if (workload === undefined) return [];
	const stray = strayProbes(workload);
	if (stray.length === 0) return answerCauses(given);
	const change = changeOf(given);
	return stray.map(asked => probePortCause(asked, workload, change));
}
