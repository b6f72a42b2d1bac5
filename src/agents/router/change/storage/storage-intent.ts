import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import type {Clause} from '../../clause.ts';
import {kindsIn} from '../../names/kinds-in.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {spoken} from '../../words/spoken.ts';
import {type Asking, allOf, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, plannedEdit} from '../edit-targets.ts';
import {speaksOfLabels} from '../labels/label-words.ts';
import {plainText} from '../plain-text.ts';
import {amountOf} from '../quantity-words.ts';
import {isQuestion, podKinds, targetsIn} from '../targets.ts';
import {sizeChange} from './size-words.ts';

const sizing =
	'could_use can_use grow get bigger larger expand extend enlarge resize increase raise bump make set give need double triple add shrink reduce decrease want have upgrade up to size storage 늘리 확장 키우 증설 올리 변경 바꾸 설정 맞추 줄이 축소 추가 크기 사이즈 용량';
const volumes = 'claim pvc volume disk storage persistentvolumeclaim size 볼륨 클레임 디스크 스토리지 저장소 용량';

const claimKind = 'PersistentVolumeClaim';

/** Claims that a workload mounts: those of a StatefulSet are named after the template, the set and the place of the pod. */
function claimsOf(workload: KubeObject, claims: readonly KubeObject[]): readonly KubeObject[] {
	const templates = listAt(workload.spec, 'volumeClaimTemplates').map(template => textAt(template, 'metadata', 'name'));
	const mounted = listAt(podSpecOf(workload), 'volumes').map(volume => textAt(volume, 'persistentVolumeClaim', 'claimName'));
	const {name, namespace} = workload.metadata;
	return claims.filter(({metadata}) => {
		if (metadata.namespace !== namespace) return false;
		const isOfSet = templates.some(template => new RegExp(`^${template}-${name}-\\d+$`).test(metadata.name));
		return isOfSet || mounted.includes(metadata.name);
	});
}

/** `the volumes of web`, `web 볼륨`: beside the kind, the name would be that of a claim. */
function withoutKind(clause: Clause): Clause {
	const places = kindsIn(clause).filter(({kind}) => kind === claimKind);
	return {...clause, words: clause.words.filter((_, at) => !places.some(({first, last}) => at >= first && at <= last))};
}

/** The claims that are named, else those of the workload that is. */
async function claimsIn(asking: Asking): Promise<readonly KubeObject[] | Question> {
	const named = await targetsIn(asking, [claimKind]);
	if (isQuestion(named) || named.length > 0 || !spoken(asking.clause, volumes)) return named;
	const bare = {...asking, clause: withoutKind(asking.clause)};
	const [workloads, claims] = await Promise.all([targetsIn(bare, podKinds), asking.world.objects(claimKind)]);
	return isQuestion(workloads) ? workloads : workloads.flatMap(workload => ofPods(asking.clause, workload, claimsOf(workload, claims)));
}

/** `the disk of kafka-2` is one pod's. */
function ofPods({words}: Clause, {metadata: {name}}: KubeObject, claims: readonly KubeObject[]): readonly KubeObject[] {
	const ofNamed = claims.filter(({metadata}) => words.some(({text}) => text.startsWith(`${name}-`) && metadata.name.endsWith(`-${text}`)));
	return ofNamed.length > 0 ? ofNamed : claims;
}

const sizeOf = (claim: KubeObject) => textAt(claim, 'spec', 'resources', 'requests', 'storage') ?? '0';

async function grown(asking: Asking, claim: KubeObject): Promise<Edit | Question> {
	const {clause, world} = asking;
	const {name} = claim.metadata;
	const before = sizeOf(claim);
	const change = sizeChange(plainText(clause), before);
	if (change === undefined) return noSize(clause, [claim]);
	const after = amountOf(before, change) ?? '0';
	if ((quantityOf(after) ?? 0) < (quantityOf(before) ?? 0))
		return question(
			clause,
			`${name} cannot shrink: a claim of ${before} never becomes smaller (${after} was asked). A new, smaller claim and a copy of the data is the way.`,
			`${name}은(는) 줄일 수 없습니다(cannot shrink): 볼륨 클레임 ${before}는 더 작아질 수 없습니다. 더 작은 클레임을 새로 만들어 데이터를 옮겨야 합니다. 어떻게 할까요?`,
		);
	const className = textAt(claim, 'spec', 'storageClassName');
	const storageClass = (await world.objects('StorageClass')).find(({metadata}) => metadata.name === className);
	if (storageClass !== undefined && valueAt(storageClass, 'allowVolumeExpansion') !== true)
		return question(
			clause,
			`${name} cannot grow: its storage class ${className} does not allow expansion. A new claim of ${after} and a copy of the data is the way.`,
			`${name}은(는) 늘릴 수 없습니다: 스토리지 클래스 ${className}이(가) 확장을 허용하지 않습니다. ${after} 클레임을 새로 만들어 데이터를 옮길까요?`,
		);
	return {after: changeAt(claim, ['spec', 'resources', 'requests', 'storage'], () => after), told: `${before} → ${after}`};
}

const noSize = (clause: Asking['clause'], claims: readonly KubeObject[]): Question => {
	const list = claims.map(claim => `${claim.metadata.name} ${sizeOf(claim)}`).join(', ');
	return question(clause, `To which size? Now: ${list}.`, `어느 크기(size)로 바꿀까요? 지금: ${list}.`);
};

/** Grows volume claims. One that would shrink, or that its class does not let grow, is a question with the reason. */
export const storageIntent: Intent = {
	name: 'storage',
	async understand(clause, world, talk): Promise<Understanding | undefined> {
		// A size beside the name of a claim can be nothing else.
		const change = sizeChange(plainText(clause));
		if (speaksOfLabels(clause) || (change === undefined && !spoken(clause, sizing))) return undefined;
		const asking = {clause, world, talk};
		const claims = await claimsIn(asking);
		if (isQuestion(claims)) return claims;
		if (claims.length === 0) return undefined;
		if (change === undefined && !spoken(clause, 'grow expand extend resize shrink enlarge 늘리 확장 키우 줄이 증설')) return undefined;
		const results = await Promise.all(claims.map(async claim => ({claim, edit: await grown(asking, claim)})));
		return allOf(results.map(({claim, edit}) => ('kind' in edit ? edit : plannedEdit(asking, claim, edit))));
	},
};
