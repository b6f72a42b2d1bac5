import {expect, test} from 'vitest';
import {renderTemplate} from '../../../src/analysis/alert-rules/unit-tests/render-template.ts';

// As promtool renders them, see Prometheus' own tests of its templates.
test.each([
	['humanize', 0, '0'],
	['humanize', 1, '1'],
	['humanize', 1234567, '1.235M'],
	['humanize', 0.11, '110m'],
	['humanize', -8.675, '-8.675'],
	['humanize', 999.96, '1000'],
	['humanizePercentage', 0.12345678, '12.35%'],
	['humanizePercentage', 1, '100%'],
	['humanizeDuration', 0, '0s'],
	['humanizeDuration', 1, '1s'],
	['humanizeDuration', 1234.5678, '20m 34s'],
	['humanizeDuration', 12_345, '3h 25m 45s'],
	['humanizeDuration', -86_400, '-1d 0h 0m 0s'],
	['humanizeDuration', 0.1, '100ms'],
	['humanizeDuration', 60.1, '1m 0s'],
	['humanizeDuration', Number.NaN, 'NaN'],
])('%s of %d', (template, value, text) => {
	expect(renderTemplate(`{{ $value | ${template} }}`, {}, value)).toBe(text);
});

test('puts labels in, and nothing for one that is missing', () => {
	expect(renderTemplate('{{ $labels.pod }} in {{$labels.namespace}}{{ $labels.none }}', {pod: 'web-0', namespace: 'shop'}, 0)).toBe(
		'web-0 in shop',
	);
});

test('knows no other template', () => {
	expect(() => renderTemplate('{{ range query "up" }}', {}, 0)).toThrow('no template of ours: {{ range query "up" }}');
});
