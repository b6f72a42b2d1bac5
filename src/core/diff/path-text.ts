import type {PathSegment} from '../plan.ts';

const plainKey = /^[A-Za-z_][\w-]*$/;

function segmentText(segment: PathSegment, index: number): string {
	if (typeof segment === 'number') return `[${segment}]`;
	if (typeof segment !== 'string')
		return `[${Object.entries(segment)
			.map(([key, value]) => `${key}=${value}`)
			.join(',')}]`;
	if (!plainKey.test(segment)) return `[${JSON.stringify(segment)}]`;
	return index === 0 ? segment : `.${segment}`;
}

/** A path as people read it: `spec.template.spec.containers[name=web].image`, `metadata.labels["app.kubernetes.io/name"]`, `metadata.finalizers[=x]`. */
export const pathText = (path: readonly PathSegment[]): string => path.map(segmentText).join('');
