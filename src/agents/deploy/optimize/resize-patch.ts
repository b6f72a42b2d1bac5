import {type Asked, changedFields, type Sizing} from '../../../analysis/right-sizing/right-size.ts';
import type {JsonObject} from '../../../core/json.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import {cpuText, memoryText, quantityOf} from '../../../core/kube/quantity.ts';

/** What a container of a template asks for. */
export function askedOf(container: JsonObject): Asked {
	const amount = (side: string, resource: string) => {
		const value = valueAt(container, 'resources', side, resource);
		return typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined;
	};
	return {
		cpuRequest: amount('requests', 'cpu'),
		memoryRequest: amount('requests', 'memory'),
		cpuLimit: amount('limits', 'cpu'),
		memoryLimit: amount('limits', 'memory'),
	};
}

const places = {
	cpuRequest: ['requests', 'cpu', cpuText],
	memoryRequest: ['requests', 'memory', memoryText],
	cpuLimit: ['limits', 'cpu', cpuText],
	memoryLimit: ['limits', 'memory', memoryText],
} as const;

/** A change of one field, as people read it: `memory request 128Mi → 96Mi`. */
export function changeTexts(sizing: Sizing): readonly string[] {
	return changedFields(sizing).map(field => {
		const [side, resource, write] = places[field];
		const [before, after] = [sizing.before[field], sizing.after[field]];
		return `${resource} ${side.replace(/s$/, '')} ${before === undefined ? 'none' : write(before)} → ${after === undefined ? 'none' : write(after)}`;
	});
}

function resourcesOf(sizing: Sizing): JsonObject {
	const resources: {[side: string]: {[resource: string]: string}} = {};
	for (const field of changedFields(sizing)) {
		const [side, resource, write] = places[field];
		const value = sizing.after[field];
		if (value !== undefined) resources[side] = {...resources[side], [resource]: write(value)};
	}
	return resources;
}

/** Strategic merge patch of a pod template: the changed fields of the changed containers, and nothing else. */
export const resizePatch = (sizings: readonly Sizing[]): JsonObject => ({
	spec: {
		template: {
			spec: {
				containers: sizings
					.filter(sizing => changedFields(sizing).length > 0)
					.map(sizing => ({name: sizing.name, resources: resourcesOf(sizing)})),
			},
		},
	},
});
