import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {pullTypes} from '../../../diagnosis/pull-types.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/** A pull Secret of another type is passed over in silence: the next pull goes without credentials. */
export function pullSecretFaults({survey, workload, podSpec, given, change, gravity, fresh, isWell}: Subject): readonly Cause[] {
	const namespace = workload.metadata.namespace;
	const named = listAt(podSpec, 'imagePullSecrets').map((each, index) => ({name: textAt(each, 'name') ?? '', index}));
	const secrets = named.map(each => ({...each, secret: survey.find('Secret', namespace, each.name)}));
	// One that fits is enough.
	if (secrets.some(({secret}) => secret === undefined || pullTypes.has(textAt(secret, 'type') ?? ''))) return [];
	return secrets.map(({name, index, secret}): Cause => {
		const path = [...podSpecPlace(workload), 'imagePullSecrets', index, 'name'];
		const changed = changesAt(change(), path);
		const others = survey
			.all('Secret', namespace)
			.filter(each => pullTypes.has(textAt(each, 'type') ?? ''))
			.map(({metadata}) => metadata.name);
		const meant = meantName(name, others) ?? (others.length === 1 ? others[0] : undefined);
		return {
			id: 'pull-secret-wrong-type',
			resource: refOf(workload),
			path: fieldPath(workload, path.slice(0, -1)),
			severity: isWell && fresh(path).length === 0 ? 'low' : gravity('medium'),
			cause: {
				en: `Pods of ${refText(refOf(workload))} pull with Secret ${name}, whose type ${textAt(secret, 'type')} holds no registry: images are pulled without credentials`,
				ko: `${refText(refOf(workload))}의 파드가 쓰는 imagePullSecret ${name}의 타입(${textAt(secret, 'type')})에는 레지스트리 인증 정보가 없습니다`,
			},
			evidence: [
				{source: `Secret ${namespace}/${name}`, detail: `type ${textAt(secret, 'type')}`},
				...changeEvidence(given(), change(), changed),
			],
			remedies:
				changed.length > 0
					? backRemedy(given(), change(), changed)
					: meant === undefined
						? []
						: [
								exchange(workload, [{path, from: name, to: meant}], {
									side: 'workload',
									sure: false,
									text: {
										en: `Let ${refText(refOf(workload))} pull with Secret ${meant}`,
										ko: `${refText(refOf(workload))}가 Secret ${meant}로 이미지를 받게 합니다`,
									},
								}),
							],
		};
	});
}
