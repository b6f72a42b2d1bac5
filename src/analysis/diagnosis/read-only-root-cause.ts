import type {Json, JsonObject} from '../../core/json.ts';
import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Case} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {type PlacedContainer, podSpecPlace} from './container-place.ts';
import type {ContainerState} from './container-state.ts';
import {fieldPath} from './field-path.ts';
import {type Exchange, exchange} from './patch-remedy.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

/** How the kernel says it, and with it every program. */
const refused = /read-only file system|\bEROFS\b|ReadOnlyFileSystemException/i;

/** An absolute path in a line, by itself or in quotes. */
const paths = /(?<![\w./-])\/[\w@+-][\w./@+-]*/g;

/** The file that a program could not write, by the path nearest before the word of the kernel, or else behind it. */
function fileIn(line: string): string | undefined {
	const at = line.search(refused);
	const found = [...line.matchAll(paths)].map(({0: path, index}) => ({path: path.replace(/[.:/]+$/, ''), index}));
	return (found.findLast(({index}) => index < at) ?? found[0])?.path;
}

/** Directories that programs only work in: what lies there in an image nobody misses. */
const scratch = /^\/(?:tmp|var\/(?:tmp|run|cache|log|lock|spool)|run)(?:\/|$)/;

const directoryOf = (file: string) => file.slice(0, file.lastIndexOf('/'));

/** An empty directory where the program writes; below the root itself nothing can be mounted. */
function mountRemedies(workload: KubeObject, {name, container, place}: PlacedContainer, file: string): readonly Remedy[] {
	const directory = directoryOf(file);
	if (directory === '' || workload.kind === 'Pod') return [];
	const podSpec = valueAt(workload, ...podSpecPlace(workload)) ?? {};
	const [volumes, mounts] = [listAt(podSpec, 'volumes'), listAt(container, 'volumeMounts')];
	const taken = volumes.map(each => textAt(each, 'name'));
	const base = `scratch${directory.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}`.slice(0, 50).replace(/-+$/, '');
	const volume = taken.includes(base) ? `${base}-${taken.length}` : base;
	// Of a list that is not there the whole is written.
	const added = (at: Exchange['path'], list: readonly Json[], item: JsonObject): Exchange =>
		list.length > 0 ? {path: [...at, list.length], to: item} : {path: at, to: [item]};
	return [
		exchange(
			workload,
			[
				added([...podSpecPlace(workload), 'volumes'], volumes, {name: volume, emptyDir: {}}),
				added([...place, 'volumeMounts'], mounts, {name: volume, mountPath: directory}),
			],
			{
				side: 'workload',
				sure: scratch.test(`${directory}/`),
				text: {
					en: `Give container ${name} of ${refText(refOf(workload))} an empty directory to write to at ${directory}`,
					ko: `${refText(refOf(workload))}의 컨테이너 ${name}에 쓸 수 있는 빈 디렉터리를 ${directory}에 둡니다`,
				},
			},
		),
	];
}

/**
 * A container that ends because it writes to the file system of its image, which it may not. Undefined where its words say nothing of that, where it may, or
 * where the file lies on a volume: then that one is read-only.
 */
export function readOnlyRootCause(
	{pod, exitCode, restarts, lastWords}: ContainerState,
	placed: PlacedContainer | undefined,
	given: Case,
): Cause | undefined {
	const line = lastWords.split('\n').findLast(each => refused.test(each));
	const workload = given.workload ?? pod;
	if (line === undefined || placed === undefined || valueAt(placed.container, 'securityContext', 'readOnlyRootFilesystem') !== true)
		return undefined;
	const file = fileIn(line);
	const isOnVolume = listAt(placed.container, 'volumeMounts').some(mount =>
		`${file ?? ''}/`.startsWith(`${(textAt(mount, 'mountPath') ?? '').replace(/\/$/, '')}/`),
	);
	if (isOnVolume) return undefined;
	const at = [...placed.place, 'securityContext', 'readOnlyRootFilesystem'];
	const change = changeOf(given);
	const changed = changesAt(change, at);
	// The volume that was there may be what a release took away.
	const unmounted = file === undefined ? [] : lostMount(given, placed, file);
	const where = file === undefined ? {en: 'the file system of its image', ko: '이미지의 파일 시스템'} : {en: file, ko: file};
	return {
		id: 'root-file-system-read-only',
		resource: refOf(workload),
		path: fieldPath(workload, unmounted.length > 0 ? [...placed.place, 'volumeMounts'] : at),
		cause: {
			en: `Container ${placed.name} ends since it may not write to ${where.en}: its root file system is read-only, and no volume is mounted there`,
			ko: `컨테이너 ${placed.name}가 ${where.ko}에 쓸 수 없어 종료됩니다: 루트 파일 시스템이 읽기 전용이고 그곳에 마운트된 볼륨이 없습니다`,
		},
		evidence: [
			{source: refText(refOf(pod)), detail: `exit code ${exitCode ?? 'unknown'}, ${restarts} restarts: ${shortLine(line.trim(), 200)}`},
			{source: refText(refOf(workload)), detail: `${fieldPath(workload, at)} true`},
			...changeEvidence(given, change, [...changed, ...unmounted]),
		],
		remedies: [
			...backRemedy(given, change, unmounted),
			...(file === undefined || unmounted.length > 0 ? [] : mountRemedies(workload, placed, file)),
			// That it may write nowhere else is a rule worth keeping.
			...backRemedy(given, change, changed, false).map(each => ({...each, loosens: true as const})),
		],
	};
}

/** The changes of a release that took away the volume where a file was. */
function lostMount(given: Case, {name, place}: PlacedContainer, file: string): readonly Exchange[] {
	const change = changeOf(given);
	const former = listAt(change?.earlier.template, 'spec', String(place.at(-2))).find(each => textAt(each, 'name') === name);
	const wasThere = listAt(former, 'volumeMounts').some(mount =>
		file.startsWith(`${(textAt(mount, 'mountPath') ?? '').replace(/\/$/, '')}/`),
	);
	if (!wasThere || given.workload === undefined) return [];
	return [...changesAt(change, [...place, 'volumeMounts']), ...changesAt(change, [...podSpecPlace(given.workload), 'volumes'])];
}
