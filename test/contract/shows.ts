import type {Reply} from './reply.ts';

/** Whether a value holds everything that the shape holds: of objects the fields named, of lists the same items in the same order. */
function holds(value: unknown, shape: unknown): boolean {
	if (shape === undefined || shape === null || typeof shape !== 'object') return value === shape;
	if (typeof value !== 'object' || value === null) return false;
	if (Array.isArray(shape) && (!Array.isArray(value) || value.length !== shape.length)) return false;
	return Object.entries(shape).every(([key, part]) => holds(Reflect.get(value, key), part));
}

/** For `eventually`: the body holds this. What is undefined in the shape must be absent from the body. */
export const shows =
	(shape: object) =>
	({body}: Reply): boolean =>
		holds(body, shape);

/** For `eventually`: the body has a condition like this. */
export const showsCondition =
	(shape: object) =>
	({body}: Reply): boolean =>
		conditionsOf(body).some(condition => holds(condition, shape));

export const conditionOf = (body: unknown, type: string): unknown => conditionsOf(body).find(condition => holds(condition, {type}));

function conditionsOf(body: unknown): readonly unknown[] {
	const {status} = {status: undefined, ...(typeof body === 'object' ? body : {})};
	const {conditions} = {conditions: [], ...(typeof status === 'object' ? status : {})};
	return Array.isArray(conditions) ? conditions : [];
}

/** For `eventually`: nothing of that name is there. */
export const isGone = ({status}: Reply): boolean => status === 404;
