import {refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Case} from './case.ts';
import type {Cause} from './cause.ts';
import {placedContainers} from './container-place.ts';
import {type ContainerState, containerStates, onePerContainer, presentPods} from './container-state.ts';
import {fieldPath} from './field-path.ts';
import {referenceCauses} from './reference-causes.ts';
import {rootCause} from './root-cause.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

const unmade = new Set(['CreateContainerConfigError', 'CreateContainerError', 'PreStartHookError', 'PostStartHookError']);

/** Containers that the kubelet does not make, or ends as soon as they are made. What they need and is not there is told by its own cause. */
export function makeCauses(given: Case): readonly Cause[] {
	const stuck = onePerContainer(containerStates(presentPods(given)).filter(({reason}) => unmade.has(reason)));
	const isTold = stuck.length > 0 && referenceCauses(given).length > 0;
	return stuck.filter(({reason}) => !isTold || reason === 'PostStartHookError').map(state => makeCause(state, given));
}

function makeCause({pod, name, reason, message}: ContainerState, given: Case): Cause {
	const owner = given.workload ?? pod;
	const placed = placedContainers(owner).find(each => each.name === name);
	const said = [{source: refText(refOf(pod)), detail: `${reason}: ${shortLine(message, 240)}`}];
	if (placed !== undefined && /non-?root/i.test(message)) return rootCause(owner, given, placed, said);
	const isHook = reason === 'PostStartHookError';
	const at = [...(placed?.place ?? []), ...(isHook ? ['lifecycle', 'postStart'] : [])];
	const change = changeOf(given);
	const changed = changesAt(change, at);
	return {
		id: isHook ? 'post-start-fails' : 'container-not-made',
		resource: refOf(owner),
		path: placed === undefined ? undefined : fieldPath(owner, changed.length === 1 ? (changed[0]?.path ?? at) : at),
		cause: isHook
			? {
					en: `The postStart hook of container ${name} fails, and the container is ended for it`,
					ko: `컨테이너 ${name}의 postStart 훅이 실패해 컨테이너가 종료됩니다`,
				}
			: {
					en: `Container ${name} cannot be made: ${shortLine(message, 160) || reason}`,
					ko: `컨테이너 ${name}를 만들 수 없습니다: ${shortLine(message, 160) || reason}`,
				},
		evidence: [...said, ...changeEvidence(given, change, changed)],
		remedies: backRemedy(given, change, changed.length > 0 ? changed : (change?.exchanges ?? [])),
	};
}
