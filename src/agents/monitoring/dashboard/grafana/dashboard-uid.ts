import {createHash} from 'node:crypto';
import type {DashboardSubject} from '../dashboard-subject.ts';

/** @see https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/#identifier-id-vs-unique-identifier-uid */
const longestUid = 40;

/** The same for the same object, so that a dashboard that is made anew takes the place of the one before: `mkcoa-deployment-shop-web`. */
export function dashboardUid({kind, ref}: DashboardSubject): string {
	const words = ref === undefined ? [kind] : [ref.kind.toLowerCase(), ...(ref.namespace === undefined ? [] : [ref.namespace]), ref.name];
	const uid = ['mkcoa', ...words].join('-').replace(/[^a-z0-9-]/g, '-');
	// Two objects whose names run together must not be one dashboard.
	const isUnique = uid.length <= longestUid && words.every(word => /^[a-z0-9]+$/.test(word));
	const hash = createHash('sha256').update(words.join('/')).digest('hex').slice(0, 8);
	return isUnique ? uid : `${uid.slice(0, longestUid - hash.length - 1)}-${hash}`;
}
