import { describe, expect, it } from 'vitest';
import { liftStyles } from './lift_styles';

describe('lifting the styles out of a mail', () => {
  it('takes the sheets out and renames the attributes', () => {
    const lifted = liftStyles(
      '<style type="text/css">p{color:red}</style><p class="a" STYLE="margin:0">x</p>',
    );
    expect(lifted).toEqual({
      html: '<p class="a" data-mail-style="margin:0">x</p>',
      sheets: ['p{color:red}'],
    });
  });

  it('leaves the words alone', () => {
    expect(liftStyles('<p>set style="x" there</p>').html).toBe('<p>set style="x" there</p>');
  });
});
