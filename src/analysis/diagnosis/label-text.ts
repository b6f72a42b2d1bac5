import {isJsonObject, type Json} from '../../core/json.ts';

/** `app=web,tier=front` */
export const labelText = (labels: Json | undefined) =>
	Object.entries(isJsonObject(labels) ? labels : {})
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
