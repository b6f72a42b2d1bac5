import {listAt, textAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {containersOf} from '../../core/kube/pod-spec.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {Case} from './case.ts';
import type {Cause} from './cause.ts';
import {type ContainerState, containerStates, onePerContainer} from './container-state.ts';
import {rollbackRemedy} from './rollback-remedy.ts';

const pullReasons = new Set(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull', 'ImageInspectError']);

const denied = /unauthorized|denied|authentication|no basic auth|forbidden|401|403/i;

/** An image that the nodes cannot pull: it is not there, or the registry lets nobody in. */
export function imageCauses(given: Case): readonly Cause[] {
	const stuck = onePerContainer(containerStates(given.pods).filter(({reason}) => pullReasons.has(reason)));
	return stuck.map(state => causeOf(state, given));
}

function causeOf({pod, name, reason, message}: ContainerState, given: Case): Cause {
	const resource = refOf(given.workload ?? pod);
	const container = [...containersOf(given.podSpec)].find(each => textAt(each, 'name') === name);
	const image = textAt(container, 'image') ?? '';
	const isDenied = denied.test(message);
	const secrets = listAt(given.podSpec, 'imagePullSecrets').flatMap(each => textAt(each, 'name') ?? []);
	return {
		id: isDenied ? 'image-pull-denied' : 'image-not-pulled',
		resource,
		cause: isDenied
			? {
					en: `The registry refuses the image ${image} of container ${name}${secrets.length === 0 ? ': the pods name no imagePullSecrets' : ` with imagePullSecrets ${secrets.join(', ')}`}`,
					ko: `레지스트리가 컨테이너 ${name}의 이미지 ${image}를 거부합니다${secrets.length === 0 ? ': 파드에 imagePullSecrets가 없습니다' : ` (imagePullSecrets ${secrets.join(', ')})`}`,
				}
			: {
					en: `The image ${image} of container ${name} cannot be pulled: most likely this tag does not exist`,
					ko: `컨테이너 ${name}의 이미지 ${image}를 가져올 수 없습니다: 이 태그가 없을 가능성이 큽니다`,
				},
		evidence: [{source: refText(refOf(pod)), detail: `${reason}: ${oneLine(message).slice(0, 240)}`}],
		remedies: isDenied ? [] : rollbackRemedy(given),
	};
}
