import {lineText} from '../../src/core/text/styled.ts';
import {reviewLayout} from '../../src/tui/review-layout.ts';
import {firstReview} from '../../src/tui/review-state.ts';
import {betweenMarkers} from './between-markers.ts';
import {openPlace} from './place.ts';
import {steady} from './steady.ts';

const change = ['deploy', 'canary', 'web', '-n', 'shop', '--image', 'registry.example/shop/web:1.5.0'];

/** The review screen of 80 × 24 for a canary of the embedded shop, as a block of text. */
async function reviewFrame(): Promise<string> {
	const place = await openPlace();
	try {
		const {plan, digest} = await place.plan(change);
		if (firstReview.state === 'answered') throw new Error('a review begins with reading');
		const {lines} = reviewLayout({plan, digest, why: ''}, firstReview, {columns: 80, rows: 24});
		return ['```text', ...lines.map(line => lineText(line).trimEnd()), '```'].join('\n');
	} finally {
		await place.close();
	}
}

/** A page with the frame between its markers; as it was where only ids and numbers differ. */
export async function withReviewFrame(page: string): Promise<string> {
	const fresh = betweenMarkers(page, 'review', await reviewFrame());
	return steady(fresh) === steady(page) ? page : fresh;
}
