import {textAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {type Case, ofKind} from './case.ts';
import type {Cause} from './cause.ts';
import {type PlacedContainer, placedContainers} from './container-place.ts';
import {type ContainerState, containerStates, onePerContainer, presentPods} from './container-state.ts';
import {fieldPath} from './field-path.ts';
import {endSinceRelease, keepEnding, killedByProbe, manyRestarts} from './keep-ending.ts';
import {refusalIn, tellingLine, unreachedIn} from './last-words.ts';
import {livenessCause} from './liveness-cause.ts';
import {memoryCause} from './memory-causes.ts';
import type {Exchange} from './patch-remedy.ts';
import {readOnlyRootCause} from './read-only-root-cause.ts';
import {ownSettingAtFault, settingsCause} from './settings-change.ts';
import {backRemedy, changeEvidence, changeOf} from './template-change.ts';

/** What shells and kernels mean by an exit code. */
const exits: {readonly [code: number]: {readonly en: string; readonly ko: string}} = {
	126: {en: 'its command cannot be executed', ko: '명령을 실행할 수 없습니다'},
	127: {en: 'its command was not found', ko: '명령을 찾을 수 없습니다'},
	128: {en: 'its command could not be started', ko: '명령을 시작할 수 없습니다'},
	137: {en: 'it was killed', ko: '강제로 종료되었습니다'},
	139: {en: 'it broke down (segmentation fault)', ko: '세그멘테이션 오류로 죽었습니다'},
	143: {en: 'it was told to end', ko: '종료 신호를 받았습니다'},
};

/** Reasons of the kubelet for a container whose program was never begun. */
const neverBegun = new Set(['StartError', 'RunContainerError', 'ContainerCannotRun']);

type Kind = 'image-wrong-architecture' | 'command-not-there' | 'ends-refused' | 'ends-unserved' | 'crashes';

function kindOf({ended, reason, exitCode, message, lastWords}: ContainerState): Kind {
	const said = `${message} ${lastWords}`;
	if (/exec format error/i.test(said)) return 'image-wrong-architecture';
	const isCommand = exitCode === 126 || exitCode === 127 || neverBegun.has(ended) || neverBegun.has(reason);
	if (isCommand || /executable file not found|no such file or directory.*exec|exec: .*(not found|permission denied)/i.test(said))
		return 'command-not-there';
	if (refusalIn(lastWords) !== undefined) return 'ends-refused';
	return unreachedIn(lastWords) === undefined ? 'crashes' : 'ends-unserved';
}

/** What most likely made a container end, of all that changed: its command if that was not found, then its image, then the rest. */
function blamed(kind: Kind, exchanges: readonly Exchange[], place: Exchange['path']): Exchange | undefined {
	const order = kind === 'command-not-there' ? ['command', 'args', 'image'] : ['image', 'command', 'args', 'env'];
	const own = exchanges.filter(({path}) => place.every((step, index) => path[index] === step));
	const rank = ({path}: Exchange) => {
		const index = order.indexOf(String(path[place.length]));
		return index === -1 ? order.length : index;
	};
	return own.toSorted((a, b) => rank(a) - rank(b))[0] ?? exchanges[0];
}

/** Where there is nothing to compare with, the field that says what is run. */
function field(kind: Kind, placed: PlacedContainer | undefined): readonly (string | number)[] {
	const has = (name: string) => Object.hasOwn(Object(placed?.container), name);
	return [
		...(placed?.place ?? []),
		...(placed === undefined
			? []
			: kind !== 'command-not-there'
				? ['image']
				: [has('command') ? 'command' : has('args') ? 'args' : 'image']),
	];
}

function crashCause(state: ContainerState, given: Case): Cause {
	const {pod, name, exitCode, restarts, reason, ended, lastWords, message} = state;
	const probe = killedByProbe(given);
	if (probe !== undefined) return livenessCause(state, probe, given);
	const owner = given.workload ?? pod;
	const placed = placedContainers(owner).find(each => each.name === name);
	const readOnly = readOnlyRootCause(state, placed, given);
	if (readOnly !== undefined) return readOnly;
	const kind = kindOf(state);
	const change = changeOf(given);
	const what = change === undefined || placed === undefined ? undefined : blamed(kind, change.exchanges, placed.place);
	const words = shortLine(tellingLine(lastWords) || (kind === 'crashes' ? '' : message), 200);
	const evidence = [
		{
			source: refText(refOf(pod)),
			detail: `${[reason, ended === 'Error' ? '' : ended, `exit code ${exitCode ?? 'unknown'}`].filter(Boolean).join(', ')}, ${restarts} restarts${words === '' ? '' : `: ${words}`}`,
		},
		...changeEvidence(given, change, change?.exchanges ?? []),
	];
	const isNew = (change?.exchanges ?? []).length > 0;
	const isOfSettings = kind === 'crashes' || kind === 'ends-unserved';
	const settings = isOfSettings ? settingsCause(given, {said: lastWords, isNew}, evidence.slice(0, 1)) : undefined;
	if (settings !== undefined) return settings;
	const own = kind === 'crashes' && !isNew ? ownSettingAtFault(given, lastWords) : undefined;
	return {
		id: kind,
		resource: refOf(owner),
		path: placed === undefined ? undefined : fieldPath(owner, what?.path ?? own?.place ?? field(kind, placed)),
		cause: wordsOf(kind, state, given),
		evidence,
		// What runs again may have ended for what it waited for.
		remedies: own?.remedies ?? backRemedy(given, change, change?.exchanges, !state.ready || restarts >= manyRestarts),
	};
}

/** The Service behind an address, where a program names it by that. */
const serviceAt = ({scene}: Case, host: string) =>
	ofKind(scene, 'Service').find(service => [textAt(service, 'spec', 'clusterIP'), service.metadata.name].includes(host));

function unservedWords(which: Cause['cause'], lastWords: string, given: Case): Cause['cause'] | undefined {
	const unreached = unreachedIn(lastWords);
	if (unreached === undefined) return undefined;
	const {host, port, isUnknown} = unreached;
	const service = serviceAt(given, host);
	const at = `${host}${port === undefined ? '' : `:${port}`}`;
	const where = service === undefined ? at : `${refText(refOf(service))} (${at})`;
	return isUnknown
		? {
				en: `${which.en} ends since nobody knows the name ${host}`,
				ko: `${which.ko}가 이름 ${host}을(를) 찾지 못해 자꾸 죽습니다`,
			}
		: {en: `${which.en} ends since ${where} does not answer`, ko: `${which.ko}가 응답하지 않는 ${where} 때문에 자꾸 죽습니다`};
}

function refusedWords(which: Cause['cause'], lastWords: string): Cause['cause'] | undefined {
	const refusal = refusalIn(lastWords);
	if (refusal === undefined) return undefined;
	const {account, verb, resource} = refusal;
	return {
		en: `${which.en} ends since ServiceAccount ${account.replace(':', '/')} may not ${verb} ${resource}`,
		ko: `${which.ko}가 자꾸 죽습니다: ServiceAccount ${account.replace(':', '/')}에 ${resource} ${verb} 권한이 없습니다`,
	};
}

function wordsOf(kind: Kind, {name, exitCode, isInit, lastWords}: ContainerState, given: Case): Cause['cause'] {
	const meaning = exitCode === undefined ? undefined : exits[exitCode];
	const code = exitCode === undefined ? {en: '', ko: ''} : {en: ` with exit code ${exitCode}`, ko: ` (종료 코드 ${exitCode})`};
	const which = isInit ? {en: `Init container ${name}`, ko: `초기화 컨테이너 ${name}`} : {en: `Container ${name}`, ko: `컨테이너 ${name}`};
	const told =
		kind === 'ends-unserved'
			? unservedWords(which, lastWords, given)
			: kind === 'ends-refused'
				? refusedWords(which, lastWords)
				: undefined;
	if (told !== undefined) return told;
	if (kind === 'image-wrong-architecture')
		return {
			en: `${which.en} cannot run on its node: its image is made for another architecture (exec format error)`,
			ko: `${which.ko}의 이미지가 다른 아키텍처용이라 노드에서 실행할 수 없습니다(exec format error)`,
		};
	if (kind === 'command-not-there' && meaning === undefined)
		return {
			en: `${which.en} cannot be started: its command is not in the image`,
			ko: `${which.ko}의 명령이 이미지에 없어 시작할 수 없습니다`,
		};
	const words = shortLine(tellingLine(lastWords), 160);
	const why = words === '' ? meaning : {en: `“${words}”`, ko: `“${words}”`};
	return {
		en: `${which.en} ends${code.en} and is started again${why === undefined ? '' : `: ${why.en}`}`,
		ko: `${which.ko}가 자꾸 죽고${code.ko} 다시 시작됩니다${why === undefined ? '' : `: ${why.ko}`}`,
	};
}

/** Containers that end although they should run. */
export function crashCauses(given: Case): readonly Cause[] {
	const states = containerStates(presentPods(given));
	const killed = onePerContainer(states.filter(({ended}) => ended === 'OOMKilled'));
	const crashed = onePerContainer(
		states.filter(
			({reason, ended, ready, restarts}) =>
				ended !== 'OOMKilled' &&
				(reason === 'CrashLoopBackOff' ||
					neverBegun.has(reason) ||
					// What could not be begun will not be the next time: that it was tried once is enough.
					(!ready && neverBegun.has(ended)) ||
					(!ready && ended !== 'Completed' && restarts > 0 && ended !== '')),
		),
	);
	return [...killed.map(state => memoryCause(state, given)), ...crashed.map(state => crashCause(state, given))];
}

/** The causes of containers that keep ending: those that run well for a while between two ends are found by these alone. */
export const recurringCrashes = (given: Case, nowMs: number): readonly Cause[] =>
	onePerContainer([...keepEnding(presentPods(given), nowMs), ...endSinceRelease(given, nowMs)]).map(state =>
		state.ended === 'OOMKilled' ? memoryCause(state, given) : crashCause(state, given),
	);

/** Containers that end, with the pod to read the last words of. */
export const crashingContainers = ({pods}: Case): readonly {readonly pod: string; readonly container: string}[] =>
	onePerContainer(containerStates(pods).filter(({reason, ended}) => reason === 'CrashLoopBackOff' || ended !== '')).map(({pod, name}) => ({
		pod: pod.metadata.name,
		container: name,
	}));
