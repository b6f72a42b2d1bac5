import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {placedContainers, podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Subject} from '../subject.ts';

/** Less than this no program gets along with. */
export const leastBytes = 2 ** 20;

const stored = ['memory', 'ephemeral-storage'] as const;

/** A quantity of bytes; undefined where it is none. */
export const bytesOf = (value: Json | undefined) =>
	typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined;

type Amount = {
	readonly value: Json;
	readonly at: Exchange['path'];
	readonly holder: {readonly en: string; readonly ko: string};
	/** Whether more than it is not given, and not only asked for. */
	readonly isLimit: boolean;
	readonly least: number;
};

/** What the smallest file takes: a socket alone may well be all that a volume is for. */
const blockBytes = 4096;

/** Whether a quantity is too small for anything; nothing at all is asked for on purpose, and as a size limit is none. */
const isBelow = (value: Json | undefined, least: number): boolean => {
	const bytes = bytesOf(value);
	return bytes !== undefined && bytes > 0 && bytes < least;
};

/** Whether nothing fits below a limit that a pod was evicted for. */
export const isBelowBlock = (limit: Json | undefined): boolean => isBelow(limit, blockBytes);

/** Amounts that are too small for any program, of containers and of the volumes that they write to. */
const smallAmounts = oncePerObject((workload: KubeObject): readonly Amount[] => {
	const ofContainers = placedContainers(workload).flatMap(({name, container, place}) =>
		(['limits', 'requests'] as const).flatMap(what =>
			stored.map(resource => ({
				value: valueAt(container, 'resources', what, resource),
				at: [...place, 'resources', what, resource],
				holder: {en: `Container ${name} has ${what} of`, ko: `컨테이너 ${name}의 ${what}`},
				isLimit: what === 'limits',
				least: leastBytes,
			})),
		),
	);
	const place = podSpecPlace(workload);
	const ofVolumes = listAt(valueAt(workload, ...place), 'volumes').map((volume, index) => ({
		value: valueAt(volume, 'emptyDir', 'sizeLimit'),
		at: [...place, 'volumes', index, 'emptyDir', 'sizeLimit'],
		holder: {en: `Volume ${textAt(volume, 'name')} has a size limit of`, ko: `볼륨 ${textAt(volume, 'name')}의 크기 제한`},
		isLimit: true,
		least: blockBytes,
	}));
	return [...ofContainers, ...ofVolumes].flatMap(({value, ...rest}) =>
		value === undefined || !isBelow(value, rest.least) ? [] : [{value, ...rest}],
	);
});

/** `512m` of memory are half a byte: `512Mi` was meant. */
export const smallUnits = ({workload, gravity}: Subject): readonly Cause[] =>
	smallAmounts(workload).map(({value, at, holder, isLimit}): Cause => {
		const [text, bytes, thing] = [String(value), bytesOf(value) ?? 0, String(at.at(-1))];
		const meant = /^\d+(\.\d+)?m$/.test(text) ? text.replace('m', 'Mi') : /^\d+$/.test(text) && bytes >= 16 ? `${text}Mi` : undefined;
		return {
			id: 'unit-too-small',
			resource: refOf(workload),
			path: fieldPath(workload, at),
			severity: isLimit ? gravity('high') : 'medium',
			cause: {
				en: `${holder.en} ${text}${thing === 'sizeLimit' ? '' : ` for ${thing}`}, which is ${bytes < 1 ? 'less than a byte' : `${Math.round(bytes)} bytes`}: a unit is wrong`,
				ko: `${holder.ko} ${text}은(는) ${bytes < 1 ? '1바이트도 안 됩니다' : `${Math.round(bytes)}바이트입니다`}: 단위가 잘못되었습니다`,
			},
			evidence: [{source: refText(refOf(workload)), detail: `${fieldPath(workload, at)} ${text}`}],
			remedies:
				meant === undefined
					? []
					: [
							exchange(workload, [{path: at, from: value, to: meant}], {
								side: 'workload',
								sure: text.endsWith('m'),
								amount: meant,
								text: {
									en: `Set ${fieldPath(workload, at)} to ${meant}`,
									ko: `${fieldPath(workload, at)}을(를) ${meant}(으)로 바꿉니다`,
								},
							}),
						],
		};
	});
