import type {Json} from '../../../core/json.ts';
import {isJsonObject} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Resource} from '../resource.ts';
import type {Store} from '../storage/store.ts';
import {ageOf} from './age.ts';
import {clusterColumns} from './cluster-columns.ts';
import type {Column} from './column.ts';
import {ageColumn, nameColumn} from './common-columns.ts';
import {networkColumns} from './network-columns.ts';
import {podColumns} from './pod-columns.ts';
import {policyColumns} from './policy-columns.ts';
import {workloadColumns} from './workload-columns.ts';

const builtIn: {readonly [kind: string]: readonly Column[]} = {
	Pod: podColumns,
	...workloadColumns,
	...networkColumns,
	...clusterColumns,
	...policyColumns,
};

/** The columns of a resource: those of its kind, those its definition declares, or its name and age. */
export function columnsOf(store: Store, resource: Resource): readonly Column[] {
	const {group, version, plural, kind} = resource;
	const definition = store.get('customresourcedefinitions.apiextensions.k8s.io', undefined, `${plural}.${group}`);
	if (definition !== undefined) return customColumns(definition, version);
	return Object.hasOwn(builtIn, kind) ? (builtIn[kind] ?? []) : [nameColumn, ageColumn];
}

function customColumns(definition: KubeObject, version: string): readonly Column[] {
	const declared = listAt(definition, 'spec', 'versions').find(candidate => textAt(candidate, 'name') === version);
	const columns = listAt(declared, 'additionalPrinterColumns').filter(isJsonObject);
	if (columns.length === 0) return [nameColumn, ageColumn];
	return [
		nameColumn,
		...columns.map((column): Column => {
			const type = textAt(column, 'type');
			const jsonPath = textAt(column, 'jsonPath') ?? '';
			const path = pathSteps(jsonPath);
			return {
				name: textAt(column, 'name') ?? '',
				type: type === 'integer' || type === 'boolean' || type === 'date' ? type : 'string',
				wide: Number(column.priority ?? 0) > 0,
				description: textAt(column, 'description') || `Custom resource definition column (in JSONPath format): ${jsonPath}`,
				cell: (object, now) => {
					const value = valueAtPath(object, path);
					return type === 'date' ? (typeof value === 'string' ? ageOf(value, now) : null) : (value ?? null);
				},
			};
		}),
	];
}

/** The steps of a simple JSONPath: `.spec.size`, `.status.conditions[0].status`, `.conditions[?(@.type=="Ready")].status`. */
const pathSteps = (path: string) => [...path.matchAll(/\[\?\(@\.([^=]+)==["']([^"']*)["']\)\]|\[(\d+)\]|\.?([^.[\]]+)/g)];

function valueAtPath(object: Json, steps: readonly RegExpMatchArray[]): Json | undefined {
	return steps.reduce<Json | undefined>((here, [, key, wanted, index, name]) => {
		if (Array.isArray(here)) return key === undefined ? here[Number(index)] : here.find(item => isJsonObject(item) && item[key] === wanted);
		return isJsonObject(here) && name !== undefined ? here[name] : undefined;
	}, object);
}
