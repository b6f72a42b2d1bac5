import {JSDOM} from 'jsdom';
import {describe, expect, test} from 'vitest';
import {dashboardPage, type PagePicture} from '../../../../../src/agents/monitoring/dashboard/page/dashboard-page.ts';
import {sampleDashboard} from '../../../../support/sample-dashboard.ts';

const documentOf = (picture: PagePicture, isLive = false) => new JSDOM(dashboardPage(picture, {isLive})).window.document;

/** A dashboard all of whose words were written by somebody who wants to run something. */
const hostile = `</title></style></svg><script>alert(1)</script><img src=x onerror=alert(2)>" onload="alert(3)' \u202Ex`;
const attacked: PagePicture = {
	...sampleDashboard,
	...{title: hostile, context: hostile, source: hostile, trouble: hostile},
	panels: sampleDashboard.panels.map(panel => ({
		...panel,
		...{name: hostile, title: hostile, section: hostile, about: hostile, queries: [hostile]},
		series: panel.series.map(series => ({...series, legend: hostile})),
	})),
	leftOut: [{what: hostile, why: hostile}],
};

describe('a page', () => {
	test.each([false, true])('runs and draws nothing that others wrote (live: %s)', isLive => {
		const document = documentOf(attacked, isLive);
		expect(document.querySelectorAll('script')).toHaveLength(isLive ? 1 : 0);
		expect(document.querySelectorAll('img')).toHaveLength(0);
		for (const element of Array.from(document.querySelectorAll('*')))
			expect(Array.from(element.attributes, ({name}) => name).filter(name => name.startsWith('on'))).toEqual([]);
		// The words are there all the same, as words.
		expect(document.querySelector('h1')?.textContent).toContain('<script>alert(1)</script>');
		expect(document.querySelector('tr:nth-child(2) td')?.textContent).toContain('onerror=alert(2)');
	});

	test('fetches nothing: no address but that of the SVG in it', () => {
		const page = dashboardPage(sampleDashboard);
		expect(page).not.toMatch(/(?:https?:)?\/\/|url\(|@import|<link(?! rel="icon" href="data:,")/);
		expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
	});

	test('says whose numbers it shows, of which time and how fresh they are', () => {
		const text = documentOf(sampleDashboard).body.textContent ?? '';
		expect(text).toContain('Deployment shop/web in test');
		expect(text).toContain('Read 2026-01-01 12:00:02 UTC. A snapshot: it does not change.');
		expect(text).toContain('2026-01-01 11:00:00 UTC to 2026-01-01 12:00:00 UTC, a point each 60s, by Prometheus at test');
		expect(text).toContain('Network: there is no container_network_receive_bytes_total');
		expect(documentOf(sampleDashboard, true).body.textContent).toContain('Live: drawn again as new samples come.');
	});

	test('draws a curve for each series, breaks it at gaps, and draws bounds that are near', () => {
		const document = documentOf(sampleDashboard);
		const [requests, cpu] = Array.from(document.querySelectorAll('article'));
		expect(requests?.querySelector('path.c0')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
		expect(cpu?.querySelectorAll('path.bound')).toHaveLength(1);
		expect(document.querySelectorAll('path.version')).toHaveLength(3);
		// What stood still has words instead of a flat line.
		expect(document.querySelectorAll('article')[3]?.querySelector('svg')).toBeNull();
		expect(document.querySelectorAll('article')[3]?.textContent).toContain('none in 60m');
	});

	test('tells a threshold that is reached in words, not by colour alone', () => {
		const article = documentOf(sampleDashboard).querySelectorAll('article')[2];
		expect(article?.className).toBe('warn');
		expect(article?.querySelector('.level')?.textContent).toBe('! at or above 85 %');
		expect(article?.textContent).toContain('and 2 more series');
	});

	test('without a panel says so', () => {
		expect(documentOf({...sampleDashboard, panels: []}).body.textContent).toContain('Nothing of this is measured');
	});
});
