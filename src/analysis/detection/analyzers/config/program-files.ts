import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {type PlacedContainer, podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {programBelow} from '../pod/hidden-program-faults.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {volumeFiles} from '../volume-files.ts';

type Place = Exchange['path'];

/** A file that a container is told to execute, and where it is told so. */
type Program = {readonly file: string; readonly place: Place; readonly what: string};

/** Files that are named by their whole path, by the container itself or by what its kubelet runs in it. */
function programsOf({container, place}: PlacedContainer): readonly Program[] {
	const at = [
		{steps: ['command'], what: 'command'},
		...['startupProbe', 'livenessProbe', 'readinessProbe'].map(probe => ({steps: [probe, 'exec', 'command'], what: probe})),
		...['postStart', 'preStop'].map(hook => ({steps: ['lifecycle', hook, 'exec', 'command'], what: hook})),
	];
	return at.flatMap(({steps, what}): readonly Program[] => {
		const [file] = listAt(container, ...steps);
		return typeof file === 'string' && file.startsWith('/') ? [{file, place: [...place, ...steps, 0], what}] : [];
	});
}

type Mount = {
	readonly index: number;
	readonly path: string;
	readonly subPath: string | undefined;
	readonly volume: Json;
	readonly at: number;
};

/** The mount that a file comes from: the one of the longest path. */
function mountOf(file: string, {container}: PlacedContainer, podSpec: Json): Mount | undefined {
	const volumes = listAt(podSpec, 'volumes');
	const around = listAt(container, 'volumeMounts').flatMap((mount, index): readonly Mount[] => {
		const path = (textAt(mount, 'mountPath') ?? '').replace(/\/$/, '');
		const at = volumes.findIndex(each => textAt(each, 'name') === textAt(mount, 'name'));
		const volume = volumes[at];
		return volume !== undefined && (file === path || file.startsWith(`${path}/`))
			? [{index, path, subPath: textAt(mount, 'subPath'), volume, at}]
			: [];
	});
	return around.toSorted((a, b) => b.path.length - a.path.length)[0];
}

/** What a volume is made of whose files can be told: those of one ConfigMap. Undefined for all others. */
type Files = {
	readonly holder: KubeObject;
	readonly modeOf: (file: string) => {readonly mode: number; readonly place: Place};
	readonly names: readonly string[];
};

function filesOf({volume, at}: Mount, subject: Subject): Files | undefined {
	const {holder, names} = volumeFiles(volume, subject) ?? {};
	if (holder === undefined || names === undefined) return undefined;
	const items = listAt(volume, 'configMap', 'items');
	const base = [...podSpecPlace(subject.workload), 'volumes', at, 'configMap'];
	return {
		holder,
		names,
		modeOf(file) {
			const index = items.findIndex(each => textAt(each, 'path') === file);
			const own = numberAt(items[index], 'mode');
			return own === undefined
				? {mode: numberAt(volume, 'configMap', 'defaultMode') ?? 0o644, place: [...base, 'defaultMode']}
				: {mode: own, place: [...base, 'items', index, 'mode']};
		},
	};
}

const executable = 0o755;

/** A file without the right to be executed is none that can be started. */
function unexecutable(
	subject: Subject,
	placed: PlacedContainer,
	{file, place, what}: Program,
	mount: Mount,
	files: Files,
): readonly Cause[] {
	const {workload, given, change, gravity} = subject;
	const name = mount.subPath ?? file.slice(mount.path.length + 1);
	const {mode, place: at} = files.modeOf(name);
	if (!files.names.includes(name) || (mode & 0o111) !== 0) return [];
	const changed = changesAt(change(), at).filter(({to}) => typeof to === 'number' && (to & 0o111) !== 0);
	const who = refText(refOf(workload));
	const octal = (value: number) => value.toString(8).padStart(4, '0');
	const from = valueAt(mount.volume, 'configMap', 'defaultMode');
	return [
		{
			id: 'script-not-executable',
			resource: refOf(workload),
			path: fieldPath(workload, at),
			severity: gravity('high'),
			hurts: [refOf(files.holder)],
			cause: {
				en: `Container ${placed.name} executes ${file} (${what}), which comes from ${refText(refOf(files.holder))} with the mode ${octal(mode)}: nobody may execute it`,
				ko: `컨테이너 ${placed.name}가 ${file}을(를) 실행하는데(${what}) ${refText(refOf(files.holder))}에서 온 이 파일의 권한이 ${octal(mode)}이라 실행할 수 없습니다`,
			},
			evidence: [
				{source: who, detail: `${fieldPath(workload, place)} ${file}`},
				{source: who, detail: `${fieldPath(workload, at)} ${octal(mode)}`},
				...changeEvidence(given(), change(), changed),
			],
			remedies:
				changed.length > 0
					? backRemedy(given(), change(), changed)
					: [
							exchange(workload, [{path: at, from: at.at(-1) === 'mode' ? mode : from, to: executable}], {
								side: 'workload',
								sure: true,
								text: {
									en: `Give the files of ${who} the mode ${octal(executable)} (${fieldPath(workload, at)})`,
									ko: `${who}의 ${fieldPath(workload, at)}을(를) ${octal(executable)}(으)로 합니다`,
								},
							}),
						],
		},
	];
}

/** A mount hides what the image has at its place: a program that is not among the files of the volume is gone. */
function hidden(subject: Subject, placed: PlacedContainer, {file, place}: Program, mount: Mount, files: Files): readonly Cause[] {
	const {workload, given, change, gravity} = subject;
	const name = mount.subPath ?? file.slice(mount.path.length + 1);
	if (files.names.includes(name) || file === mount.path || mount.subPath !== undefined) return [];
	const at = [...placed.place, 'volumeMounts', mount.index];
	const changed = changesAt(change(), at);
	const who = refText(refOf(workload));
	return [
		{
			id: 'mount-hides-program',
			resource: refOf(workload),
			path: fieldPath(workload, [...at, 'mountPath']),
			severity: gravity('high'),
			cause: {
				en: `Container ${placed.name} executes ${file}, and ${refText(refOf(files.holder))} is mounted over ${mount.path} without it: what the image has there is hidden`,
				ko: `컨테이너 ${placed.name}가 ${file}을(를) 실행하는데 ${mount.path}에 마운트된 ${refText(refOf(files.holder))}에는 그 파일이 없어 이미지의 내용이 가려집니다`,
			},
			evidence: [
				{source: who, detail: `${fieldPath(workload, place)} ${file}`},
				{source: refText(refOf(files.holder)), detail: `files ${files.names.slice(0, 6).join(', ') || 'none'}`},
				...changeEvidence(given(), change(), changed),
			],
			remedies: backRemedy(given(), change(), changed),
		},
	];
}

/** A ConfigMap that was one file of a directory, and is the whole directory since a release. */
function widened(subject: Subject): readonly Cause[] {
	const {workload, containers, podSpec, change, fresh, given, gravity, isWell} = subject;
	return containers.flatMap(placed => {
		const {name, container, place} = placed;
		return listAt(container, 'volumeMounts').flatMap((mount, index): readonly Cause[] => {
			const volume = listAt(podSpec, 'volumes').find(each => textAt(each, 'name') === textAt(mount, 'name'));
			const isFiles = ['configMap', 'secret'].some(kind => valueAt(volume, kind) !== undefined);
			const at = [...place, 'volumeMounts', index];
			if (!isFiles || textAt(mount, 'subPath') !== undefined || fresh(at).length === 0) return [];
			const former = listAt(
				listAt(change()?.earlier.template, 'spec', String(place.at(-2))).find(each => textAt(each, 'name') === name),
				'volumeMounts',
			).find(each => textAt(each, 'name') === textAt(mount, 'name') && textAt(each, 'subPath') !== undefined);
			const [before, now] = [textAt(former, 'mountPath') ?? '', (textAt(mount, 'mountPath') ?? '').replace(/\/$/, '')];
			const isFormer = before === now || before.startsWith(`${now}/`);
			// Of a program that is hidden with the rest the causes of pods tell.
			if (former === undefined || !isFormer || programBelow(mount, subject, placed) !== undefined) return [];
			const changed = changesAt(change(), at);
			const who = refText(refOf(workload));
			return [
				{
					id: 'mount-hides-program',
					resource: refOf(workload),
					path: fieldPath(workload, [...at, before === now ? 'subPath' : 'mountPath']),
					severity: gravity('medium'),
					cause:
						before === now
							? {
									en: `${now} in container ${name} of ${who} was a file, and is a directory since its last change: the subPath ${textAt(former, 'subPath')} is gone`,
									ko: `${who}의 컨테이너 ${name}에서 파일이던 ${now}이(가) subPath ${textAt(former, 'subPath')}가 없어져 디렉터리가 되었습니다`,
								}
							: {
									en: `A volume was the file ${before} in container ${name} of ${who}, and covers all of ${now} since its last change: what the image has there is hidden`,
									ko: `${who}의 컨테이너 ${name}에서 파일 ${before}이던 볼륨이 ${now} 전체를 덮어 이미지의 내용이 가려집니다`,
								},
					evidence: changeEvidence(given(), change(), changed),
					// A whole directory is what programs need that read their settings anew: while all goes well it was meant so.
					remedies: backRemedy(given(), change(), changed, before === now || !isWell),
				},
			];
		});
	});
}

function causesOf(subject: Subject): readonly Cause[] {
	const found = subject.containers.flatMap(placed =>
		programsOf(placed).flatMap(program => {
			const mount = mountOf(program.file, placed, subject.podSpec);
			const files = mount === undefined ? undefined : filesOf(mount, subject);
			return mount === undefined || files === undefined
				? []
				: [
						...unexecutable(subject, placed, program, mount, files),
						// Of the program of the container itself the causes of pods tell.
						...(program.what === 'command' ? [] : hidden(subject, placed, program, mount, files)),
					];
		}),
	);
	const told = new Set(found.map(({path}) => path));
	return [...found, ...widened(subject).filter(({path}) => !told.has(path))];
}

/** Programs and scripts that cannot be executed for the way in which files are mounted. */
export const programFiles = (survey: Survey): readonly Cause[] => subjectsOf(survey).flatMap(causesOf);
