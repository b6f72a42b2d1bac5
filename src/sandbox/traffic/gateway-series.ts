import type {Ledger} from './ledger.ts';
import {sharedRequests} from './request-counts.ts';
import type {Series} from './series.ts';

/** Requests as the gateway counts them, those among them that never reached a pod. Its counters begin when the route is first seen. */
export function gatewaySeries(ledger: Ledger, isAsked: (name: string) => boolean): readonly Series[] {
	if (!isAsked('istio_requests_total')) return [];
	return ledger.gateway().map(({labels, spans}) => {
		const requests = sharedRequests(spans);
		return {
			labels,
			from: spans[0]?.fromMs ?? Number.POSITIVE_INFINITY,
			until: Number.POSITIVE_INFINITY,
			at: ms => Math.floor(requests(0, ms)),
			resets: [],
		};
	});
}
