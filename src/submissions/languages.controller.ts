import { Controller, Get } from '@nestjs/common';
import { Open } from '../auth/user.guard';
import { Languages } from '../rooms/languages';

@Controller('api/languages')
export class LanguagesController {
  constructor(private readonly languages: Languages) {}

  @Open()
  @Get()
  async list() {
    const languages = await this.languages.list();
    return languages.map(({ id, name, version, extension, template }) => ({ id, name, version, extension, template }));
  }
}
