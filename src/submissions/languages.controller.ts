import { Controller, Get } from '@nestjs/common';
import { May } from '../auth/user.guard';
import { allowanceOf } from '../core/allowances';
import { Languages } from '../rooms/languages';

@Controller('api/languages')
export class LanguagesController {
  constructor(private readonly languages: Languages) {}

  @May('catalogue.read')
  @Get()
  async list() {
    const languages = await this.languages.list();
    return languages.map(({ id, name, version, extension, template }) => ({
      ...{ id, name, version, extension, template },
      ...allowanceOf(id),
    }));
  }
}
