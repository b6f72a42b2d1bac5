import type {Column} from './column.ts';
import {limitColumns} from './of-limits.ts';
import {networkColumns} from './of-network.ts';
import {settingColumns} from './of-settings.ts';
import {storageColumns} from './of-storage.ts';
import {workloadColumns} from './of-workloads.ts';

/** What is told of objects themselves; what their pods are told by stands with the pods. */
export const kindColumns: readonly Column[] = [
	...workloadColumns,
	...networkColumns,
	...storageColumns,
	...limitColumns,
	...settingColumns,
];
