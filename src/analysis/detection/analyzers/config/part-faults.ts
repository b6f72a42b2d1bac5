import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {keysOf} from '../../../diagnosis/renamed-key.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Analyzer} from '../../analyzer.ts';
import {type Subject, subjectsOf} from '../subject.ts';

/** What a ConfigMap or Secret puts into a volume; undefined where that is not known, or where it may be left out. */
function filesOfSource(source: Json, kind: 'ConfigMap' | 'Secret', {survey, workload}: Subject): readonly string[] | undefined {
	if (valueAt(source, 'optional') === true) return undefined;
	const items = listAt(source, 'items');
	if (items.length > 0) return items.flatMap(item => textAt(item, 'path') ?? []);
	const holder = survey.find(kind, workload.metadata.namespace, textAt(source, 'name') ?? textAt(source, 'secretName') ?? '');
	return holder === undefined ? undefined : keysOf(holder);
}

const kinds = [
	{field: 'configMap', kind: 'ConfigMap'},
	{field: 'secret', kind: 'Secret'},
] as const;

/** The files of a volume that is made of keys and fields, by their paths in it; undefined for all others, and where one source is not known. */
function filesOf(volume: Json, subject: Subject): readonly string[] | undefined {
	const sources = valueAt(volume, 'projected') === undefined ? [volume] : listAt(volume, 'projected', 'sources');
	const files = sources.map(source => {
		const fields = valueAt(source, 'downwardAPI');
		if (fields !== undefined) return listAt(fields, 'items').flatMap(item => textAt(item, 'path') ?? []);
		const token = textAt(source, 'serviceAccountToken', 'path');
		if (token !== undefined) return [token];
		const [found] = kinds.filter(({field}) => valueAt(source, field) !== undefined);
		return found === undefined ? undefined : filesOfSource(valueAt(source, found.field) ?? {}, found.kind, subject);
	});
	return files.includes(undefined) ? undefined : files.flatMap(each => each ?? []);
}

/** Whether it is a key of one whole ConfigMap or Secret: that it is not there is told of that one. */
const isKeyAlone = (volume: Json) =>
	kinds.some(({field}) => valueAt(volume, field) !== undefined && listAt(volume, field, 'items').length === 0);

function missing(subject: Subject, {name, container, place}: PlacedContainer): readonly Cause[] {
	const {workload, podSpec, given, change, gravity} = subject;
	return listAt(container, 'volumeMounts').flatMap((mount, index): readonly Cause[] => {
		const part = (textAt(mount, 'subPath') ?? '').replace(/\/$/, '');
		const volume = listAt(podSpec, 'volumes').find(each => textAt(each, 'name') === textAt(mount, 'name'));
		if (part === '' || volume === undefined || isKeyAlone(volume)) return [];
		const files = filesOf(volume, subject);
		if (files === undefined || files.some(file => file === part || file.startsWith(`${part}/`))) return [];
		const path = [...place, 'volumeMounts', index, 'subPath'];
		const at = textAt(mount, 'mountPath') ?? '';
		const changed = changesAt(change(), path).filter(({to}) => files.includes(String(to)));
		const own = at.slice(at.lastIndexOf('/') + 1);
		const [only] = files.length === 1 ? files : [];
		const meant = files.includes(own) ? own : (meantName(part, files) ?? only);
		const who = refText(refOf(workload));
		return [
			{
				id: 'file-not-in-volume',
				resource: refOf(workload),
				path: fieldPath(workload, path),
				severity: gravity('medium'),
				cause: {
					en: `Container ${name} of ${who} is to find the file ${part} of volume ${textAt(mount, 'name')} at ${at}, and the volume has ${someOf(files, 5) || 'no file'} only: an empty directory lies there`,
					ko: `${who}의 컨테이너 ${name}가 ${at}에서 볼륨 ${textAt(mount, 'name')}의 파일 ${part}을(를) 찾는데 그런 파일이 없어 빈 디렉터리가 됩니다`,
				},
				evidence: [
					{source: who, detail: `${fieldPath(workload, path)} ${part}, files ${someOf(files, 8) || 'none'}`},
					...changeEvidence(given(), change(), changed),
				],
				remedies:
					changed.length > 0
						? backRemedy(given(), change(), changed)
						: meant === undefined || workload.kind === 'Pod'
							? []
							: [
									exchange(workload, [{path, from: textAt(mount, 'subPath'), to: meant}], {
										side: 'workload',
										sure: meant !== only || files.includes(own),
										text: {en: `Mount the file ${meant} at ${at} of ${who}`, ko: `${who}의 ${at}에 파일 ${meant}을(를) 마운트합니다`},
									}),
								],
			},
		];
	});
}

/** Single files that containers mount of volumes which do not have them: the kubelet makes an empty directory of that name and says nothing. */
export const partFaults: Analyzer = survey =>
	subjectsOf(survey).flatMap(subject => subject.containers.flatMap(placed => missing(subject, placed)));
