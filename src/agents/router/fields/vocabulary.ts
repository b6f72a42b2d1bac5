import type {Field} from './field.ts';
import {schemaFields} from './schema-fields.ts';
import {ofJobs} from './vocabulary/jobs.ts';
import {ofLimits} from './vocabulary/limits.ts';
import {ofPods} from './vocabulary/pods.ts';

import {ofServices} from './vocabulary/services.ts';
import {ofSettings} from './vocabulary/settings.ts';
import {ofStorage} from './vocabulary/storage.ts';
import {ofWorkloads} from './vocabulary/workloads.ts';

/** With words that people have for them. */
const spoken: readonly Field[] = [...ofPods, ...ofWorkloads, ...ofJobs, ...ofLimits, ...ofServices, ...ofSettings, ...ofStorage];

const placeOf = ({place, path}: Field) => `${place} ${path.join('.')}`;

/** The field, for the kinds for which it has no other words. */
function remaining(one: Field): readonly Field[] {
	const known = new Set(spoken.filter(other => placeOf(other) === placeOf(one)).flatMap(({kinds}) => kinds));
	const kinds = one.kinds.filter(kind => !known.has(kind));
	return kinds.length === 0 ? [] : [{...one, kinds}];
}

/** Fields by the words for them, and all others by their names in the API. What has grammar of its own (images, replicas, ports, schedules, probes) is read elsewhere. */
export const fields: readonly Field[] = [...spoken, ...schemaFields.flatMap(remaining)];
